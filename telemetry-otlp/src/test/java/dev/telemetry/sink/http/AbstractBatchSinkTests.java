package dev.telemetry.sink.http;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

import dev.telemetry.delivery.HandDrivenLane;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.test.AbstractTelemetrySinkTests;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.sink.otlp.FakeCollector.Reply;
import dev.telemetry.sink.otlp.FakeCollector.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What every sink promises that posts batches of JSON. */
public abstract class AbstractBatchSinkTests extends AbstractTelemetrySinkTests {

	private static final int LIMIT = 64 * 1024;

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

	/** Return the array of a body. */
	protected abstract JsonNode events(JsonNode body);

	/** Return the member that holds the name of an event. */
	protected String name() {
		return "event";
	}

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
		return batch().stream().map((event) -> event.path(name()).asString()).toList();
	}

	protected final List<JsonNode> batch() {
		List<JsonNode> events = new ArrayList<>();
		for (Request request : this.receiver.requests()) {
			events(JsonMapper.shared().readTree(request.body())).forEach(events::add);
		}
		return events;
	}

	protected final List<Request> requests() {
		return this.receiver.requests();
	}

	/** Decide how requests are answered. */
	protected final void reply(Function<Request, Reply> replies) {
		this.receiver.reply(replies);
	}

	@Override
	protected boolean fail() {
		reply((request) -> Reply.status(503));
		return true;
	}

	@Override
	protected boolean endsWithAbort() {
		return true;
	}

	@Test
	void batchThatIsSentAgainIsTheSameByteByByte() throws TelemetryException {
		List<Event> events = List.of(event("a"), event("b"));
		sink().emitAll(events);
		sink().emitAll(events);
		assertThat(requests().get(0).body()).isEqualTo(requests().get(1).body());
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void everyBodyIsAtMost64KiBOnTheWireAndNothingIsLost(long seed) throws TelemetryException {
		SplittableRandom random = new SplittableRandom(seed);
		List<Event> batch = new ArrayList<>();
		for (int i = 0; i < 512; i++) {
			batch.add(builder("e" + i).attribute("text", text(random, random.nextInt(3000))).build());
		}
		sink(seed % 2 == 0).emitAll(batch);
		assertThat(requests()).hasSizeGreaterThan(1).allSatisfy((request) -> {
			assertThat(request.wire().length).isLessThanOrEqualTo(LIMIT);
			assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
		});
		assertThat(taken()).isEqualTo(names(batch));
	}

	private static String text(SplittableRandom random, int length) {
		StringBuilder text = new StringBuilder(length);
		random.ints(length, 'a', 'z' + 1).forEach((c) -> text.append((char) c));
		return text.toString();
	}

	@Test
	void eventThatNoRequestCanHoldIsCountedAsTooLargeAndTheOthersAreDelivered() throws TelemetryException {
		Event.Builder large = builder("large");
		for (int i = 0; i < 9; i++) {
			// The longest an event holds of one value
			large.attribute("text" + i, "x".repeat(8192));
		}
		List<Event> batch = new ArrayList<>(events("e", 200));
		batch.add(77, large.build());
		try (HandDrivenLane lane = new HandDrivenLane(sink(false))) {
			lane.deliver(batch);
			assertThat(lane.status().dropped()).isEqualTo(Map.of("event_too_large", 1L));
			assertThat(lane.status().delivered()).isEqualTo(200);
			assertThat(lane.rejected()).containsExactly(batch.get(77));
			assertThat(lane.problems()).isEmpty();
		}
		assertThat(taken()).hasSize(200).doesNotContain("large");
	}

	@Test
	void abortDuringARequestEndsItAndTheRestOfTheBatch() throws Exception {
		TelemetrySink sink = sink();
		SplittableRandom random = new SplittableRandom(1);
		List<Event> batch = new ArrayList<>();
		for (int i = 0; i < 512; i++) {
			batch.add(builder("e" + i).attribute("text", text(random, 1000)).build());
		}
		reply((request) -> {
			sink.abort();
			return Reply.status(200);
		});
		TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> sink.emitAll(batch));
		assertThat(failure).hasMessageContaining("aborted");
		assertThat(requests()).hasSize(1);
	}

	@Test
	void factoryShowsNoSecret() {
		TelemetrySinkFactory factory = factory(settings(URI.create("https://vendor.example.com" + path()), true));
		assertThat(factory.target()).isEqualTo("https://vendor.example.com" + path());
		assertThat(factory.remote()).isTrue();
		assertThat(factory.toString()).doesNotContain("SECRET");
	}

}
