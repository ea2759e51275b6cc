package dev.telemetry.sink.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.telemetry.delivery.HandDrivenLane;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.event.LineBuffer;
import dev.telemetry.sink.AbstractTelemetrySinkTests;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
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

/** Tests for {@link HttpJsonSinkFactory} and its format. */
class HttpJsonSinkTests extends AbstractTelemetrySinkTests {

	private static final int LIMIT = 64 * 1024;

	private final FakeCollector receiver = new FakeCollector();

	private final List<TelemetrySink> sinks = new ArrayList<>();

	@AfterEach
	void close() {
		this.sinks.forEach(TelemetrySink::close);
		this.receiver.close();
	}

	@Override
	protected TelemetrySink sink() throws TelemetryException {
		return sink(true);
	}

	private TelemetrySink sink(boolean gzip) throws TelemetryException {
		HttpSettings settings = new HttpSettings(this.receiver.uri("/events?key=SECRET-9f3"),
				HttpHeaders.of(Map.of("Authorization", "Bearer SECRET-9f3")), gzip, Duration.ofSeconds(30),
				"telemetry.http.endpoint");
		TelemetrySink sink = new HttpJsonSinkFactory(settings, TlsSource.JAVA)
			.create(new SinkSession(EventOrigin.of("demo-app", "1.0.0"), "actuator"));
		this.sinks.add(sink);
		return sink;
	}

	@Override
	protected List<String> taken() {
		List<String> names = new ArrayList<>();
		for (Request request : this.receiver.requests()) {
			for (JsonNode event : JsonMapper.shared().readTree(request.body())) {
				names.add(event.path("name").asString());
			}
		}
		return names;
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

	@Test
	void requestIsAnArrayOfTheLinesOfTheLocalLog() throws TelemetryException {
		List<Event> events = List.of(event("a"), event("b"), event("c"));
		sink().emitAll(events);
		Request request = this.receiver.requests().get(0);
		assertThat(new String(request.body(), StandardCharsets.US_ASCII))
			.isEqualTo("[" + line(events.get(0)) + "," + line(events.get(1)) + "," + line(events.get(2)) + "]");
		assertThat(request.method()).isEqualTo("POST");
		assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
		assertThat(request.headers().getFirst("Content-Encoding")).isEqualTo("gzip");
		assertThat(request.headers().getFirst("User-Agent")).isEqualTo("telemetry-spring-boot-starter");
		assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer SECRET-9f3");
		assertThat(request.headers()).doesNotContainKeys("Cookie", "Traceparent", "Upgrade");
	}

	private static String line(Event event) {
		LineBuffer line = new LineBuffer(512);
		EventCodec.json().encode(event, line);
		return new String(line.toByteArray(), StandardCharsets.US_ASCII).stripTrailing();
	}

	@Test
	void idempotencyKeyIsTheSameForTheSameEventsAndForNoOthers() throws TelemetryException {
		List<Event> events = List.of(event("a"), event("b"));
		sink().emitAll(events);
		sink().emitAll(events);
		sink().emitAll(List.of(events.get(1), events.get(0)));
		sink().emitAll(events.subList(0, 1));
		List<String> keys = this.receiver.requests()
			.stream()
			.map((request) -> request.headers().getFirst("Idempotency-Key"))
			.toList();
		assertThat(keys.get(0)).matches("[0-9a-f]{32}").isEqualTo(keys.get(1));
		assertThat(Set.copyOf(keys)).hasSize(3);
	}

	@Test
	void idempotencyKeyIsStableWhenTheLaneTriesAgain() throws TelemetryException {
		AtomicBoolean away = new AtomicBoolean(true);
		this.receiver.reply((request) -> Reply.status(away.getAndSet(false) ? 503 : 200));
		try (HandDrivenLane lane = new HandDrivenLane(sink())) {
			lane.deliver(events("e", 512));
			lane.advance(Duration.ofMinutes(1));
			assertThat(lane.status().delivered()).isEqualTo(512);
		}
		assertThat(this.receiver.requests()).hasSize(2);
		assertThat(this.receiver.requests().get(0).headers().getFirst("Idempotency-Key"))
			.isEqualTo(this.receiver.requests().get(1).headers().getFirst("Idempotency-Key"));
		assertThat(this.receiver.requests().get(0).body()).isEqualTo(this.receiver.requests().get(1).body());
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
		assertThat(this.receiver.requests()).hasSizeGreaterThan(1)
			.allSatisfy((request) -> assertThat(request.wire().length).isLessThanOrEqualTo(LIMIT));
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
		this.receiver.reply((request) -> {
			sink.abort();
			return Reply.status(200);
		});
		TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> sink.emitAll(batch));
		assertThat(failure).hasMessageContaining("aborted");
		assertThat(this.receiver.requests()).hasSize(1);
	}

	@Test
	void factoryShowsNoSecret() {
		HttpSettings settings = new HttpSettings(URI.create("https://telemetry.example.com/events?key=SECRET-9f3"),
				HttpHeaders.of(Map.of("Authorization", "Bearer SECRET-9f3")), true, Duration.ofSeconds(1),
				"telemetry.http.endpoint");
		HttpJsonSinkFactory factory = new HttpJsonSinkFactory(settings, TlsSource.JAVA);
		assertThat(factory.name()).isEqualTo("http");
		assertThat(factory.target()).isEqualTo("https://telemetry.example.com/events");
		assertThat(factory.remote()).isTrue();
		assertThat(settings.toString()).doesNotContain("SECRET");
	}

}
