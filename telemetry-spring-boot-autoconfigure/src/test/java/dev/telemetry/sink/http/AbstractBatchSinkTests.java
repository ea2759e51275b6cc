package dev.telemetry.sink.http;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

import dev.telemetry.delivery.HandDrivenLane;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.sink.AbstractTelemetrySinkTests;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.sink.otlp.FakeCollector.Reply;
import dev.telemetry.sink.otlp.FakeCollector.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What every sink promises that speaks the protocol of a vendor. */
public abstract class AbstractBatchSinkTests extends AbstractTelemetrySinkTests {

	protected static final String MACHINE = "a".repeat(64);

	protected static final String SESSION = "b".repeat(32);

	private final FakeCollector receiver = new FakeCollector();

	private final List<TelemetrySink> sinks = new ArrayList<>();

	@AfterEach
	void close() {
		this.sinks.forEach(TelemetrySink::close);
		this.receiver.close();
	}

	/** Return what makes the sink under test, with a key that contains SECRET. */
	protected abstract TelemetrySinkFactory factory(HttpSettings settings);

	/** Return the path of the vendor. */
	protected abstract String path();

	/** Return the member that holds the pseudonym of whoever it was. */
	protected abstract String identity();

	/** Return the member that holds the event's id. */
	protected abstract String id();

	@Override
	protected TelemetrySink sink() throws TelemetryException {
		return sink(true);
	}

	private TelemetrySink sink(boolean gzip) throws TelemetryException {
		TelemetrySink sink = factory(settings(this.receiver.uri(path()), gzip))
			.create(new SinkSession(EventOrigin.of("demo-app", "1.0.0"), "actuator"));
		this.sinks.add(sink);
		return sink;
	}

	private static HttpSettings settings(URI endpoint, boolean gzip) {
		return new HttpSettings(endpoint, HttpHeaders.NONE, gzip, Duration.ofSeconds(30), "telemetry.vendor.host");
	}

	@Override
	protected List<String> taken() {
		return batch().stream().map((event) -> event.path("event").asString()).toList();
	}

	protected final List<JsonNode> batch() {
		List<JsonNode> events = new ArrayList<>();
		for (Request request : this.receiver.requests()) {
			events(JsonMapper.shared().readTree(request.body())).forEach(events::add);
		}
		return events;
	}

	/** Return the array of a body. */
	protected JsonNode events(JsonNode body) {
		return body.path("batch");
	}

	protected final List<Request> requests() {
		return this.receiver.requests();
	}

	@Override
	protected boolean fail() {
		this.receiver.reply((request) -> Reply.status(503));
		return true;
	}

	@Override
	protected boolean endsWithAbort() {
		return true;
	}

	protected static Event.Builder from(@Nullable String machine, @Nullable String session) {
		return Event.builder("order.placed")
			.id(UUID.fromString("01234567-89ab-7cde-8f01-23456789abcd"))
			.type("feature.used")
			.origin(new EventOrigin("demo-app", "1.0.0", machine, session, "linux", "amd64", "17"))
			.timestamp(NOON);
	}

	@Test
	void identityIsTheInstallationElseTheSessionElseTheEventAlone() throws TelemetryException {
		TelemetrySink sink = sink();
		sink.emit(from(MACHINE, SESSION).attribute("user_id", "ada").build());
		sink.emit(from(null, SESSION).attribute("user_id", "ada").build());
		sink.emit(from(null, null).attribute("user_id", "ada").build());
		assertThat(batch()).extracting((event) -> event.path(identity()).asString())
			.containsExactly(MACHINE, SESSION, "01234567-89ab-7cde-8f01-23456789abcd");
		assertThat(batch()).extracting((event) -> event.path(id()).asString())
			.containsOnly("01234567-89ab-7cde-8f01-23456789abcd");
	}

	@Test
	void attributeWinsOverWhatTheSystemSays() throws TelemetryException {
		sink().emit(from(MACHINE, SESSION).attribute("os", "mine").build());
		JsonNode properties = batch().get(0).path("properties");
		assertThat(properties.path("os").asString()).isEqualTo("mine");
		assertThat(properties.path("arch").asString()).isEqualTo("amd64");
	}

	@Test
	void batchThatIsSentAgainIsTheSameByteByByte() throws TelemetryException {
		List<Event> events = List.of(event("a"), event("b"));
		sink().emitAll(events);
		sink().emitAll(events);
		assertThat(requests().get(0).body()).isEqualTo(requests().get(1).body());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void everyBodyIsAtMost64KiBOnTheWireAndNothingIsLost(boolean gzip) throws TelemetryException {
		SplittableRandom random = new SplittableRandom(7);
		List<Event> batch = new ArrayList<>();
		for (int i = 0; i < 512; i++) {
			StringBuilder text = new StringBuilder();
			random.ints(random.nextInt(3000), 'a', 'z' + 1).forEach((c) -> text.append((char) c));
			batch.add(builder("e" + i).attribute("text", text.toString()).build());
		}
		sink(gzip).emitAll(batch);
		assertThat(requests()).hasSizeGreaterThan(1).allSatisfy((request) -> {
			assertThat(request.wire().length).isLessThanOrEqualTo(64 * 1024);
			assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
		});
		assertThat(taken()).isEqualTo(names(batch));
	}

	@Test
	void eventThatNoRequestCanHoldIsCountedAsTooLargeAndTheOthersAreDelivered() throws TelemetryException {
		Event.Builder large = builder("large");
		for (int i = 0; i < 9; i++) {
			// The longest an event holds of one value
			large.attribute("text" + i, "x".repeat(8192));
		}
		List<Event> batch = new ArrayList<>(events("e", 20));
		batch.add(7, large.build());
		try (HandDrivenLane lane = new HandDrivenLane(sink(false))) {
			lane.deliver(batch);
			assertThat(lane.status().dropped()).containsOnlyKeys("event_too_large");
			assertThat(lane.status().delivered()).isEqualTo(20);
		}
		assertThat(taken()).hasSize(20).doesNotContain("large");
	}

	@Test
	void factoryShowsNoSecret() {
		TelemetrySinkFactory factory = factory(settings(URI.create("https://vendor.example.com" + path()), true));
		assertThat(factory.target()).isEqualTo("https://vendor.example.com" + path());
		assertThat(factory.remote()).isTrue();
		assertThat(factory.toString()).doesNotContain("SECRET");
	}

}
