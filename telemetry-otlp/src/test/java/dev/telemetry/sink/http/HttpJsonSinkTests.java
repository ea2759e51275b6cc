package dev.telemetry.sink.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.telemetry.delivery.HandDrivenLane;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.LineBuffer;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.otlp.FakeCollector.Reply;
import dev.telemetry.sink.otlp.FakeCollector.Request;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link HttpJsonSinkFactory} and its format. */
class HttpJsonSinkTests extends AbstractBatchSinkTests {

	@Override
	protected TelemetrySinkFactory factory(HttpSettings settings) {
		return new HttpJsonSinkFactory(
				new HttpSettings(settings.endpoint(), HttpHeaders.of(Map.of("Authorization", "Bearer SECRET-9f3")),
						settings.gzip(), settings.exportTimeout(), settings.property()),
				TlsSource.JAVA);
	}

	@Override
	protected String path() {
		return "/events";
	}

	@Override
	protected JsonNode events(JsonNode body) {
		return body;
	}

	@Override
	protected String name() {
		return "name";
	}

	@Test
	void requestIsAnArrayOfTheLinesOfTheLocalLog() throws TelemetryException {
		List<Event> events = List.of(event("a"), event("b"), event("c"));
		sink().emitAll(events);
		Request request = requests().get(0);
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
		List<String> keys = requests().stream()
			.map((request) -> request.headers().getFirst("Idempotency-Key"))
			.toList();
		assertThat(keys.get(0)).matches("[0-9a-f]{32}").isEqualTo(keys.get(1));
		assertThat(Set.copyOf(keys)).hasSize(3);
	}

	@Test
	void idempotencyKeyIsStableWhenTheLaneTriesAgain() throws TelemetryException {
		AtomicBoolean away = new AtomicBoolean(true);
		reply((request) -> Reply.status(away.getAndSet(false) ? 503 : 200));
		try (HandDrivenLane lane = new HandDrivenLane(sink())) {
			lane.deliver(events("e", 512));
			lane.advance(Duration.ofMinutes(1));
			assertThat(lane.status().delivered()).isEqualTo(512);
		}
		assertThat(requests()).hasSize(2);
		assertThat(requests().get(0).headers().getFirst("Idempotency-Key"))
			.isEqualTo(requests().get(1).headers().getFirst("Idempotency-Key"));
		assertThat(requests().get(0).body()).isEqualTo(requests().get(1).body());
	}

	@Test
	void secretsInAddressAndHeadersAreNotShown() {
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
