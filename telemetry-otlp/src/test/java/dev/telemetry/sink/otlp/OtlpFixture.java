package dev.telemetry.sink.otlp;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;

/** Events and settings for tests of the OTLP sink. */
final class OtlpFixture {

	static final Instant TIME = Instant.parse("2026-11-21T03:00:00.123Z");

	static final UUID ID = UUID.fromString("019aa000-0000-7abc-8def-0123456789ab");

	static final EventOrigin ORIGIN = new EventOrigin("demo-app", "1.0.0", "ab".repeat(32), "cd".repeat(16), "linux",
			"amd64", "17");

	private static final OtlpResource RESOURCE = new OtlpResource("demo-app", "shop", "1.0.0", "production", "linux",
			"amd64", "17");

	private OtlpFixture() {
	}

	static Event.Builder event(String name) {
		return Event.builder(name).id(ID).origin(ORIGIN).timestamp(TIME);
	}

	static List<Event> events(int count, int payload) {
		SplittableRandom random = new SplittableRandom(1);
		List<Event> events = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			StringBuilder text = new StringBuilder();
			while (text.length() < payload) {
				text.append((char) ('a' + random.nextInt(26)));
			}
			events.add(Event.builder("order.placed")
				.origin(ORIGIN)
				.timestamp(TIME)
				.attribute("index", i)
				.attribute("text", text.toString())
				.build());
		}
		return events;
	}

	static OtlpSettings settings(URI endpoint, OtlpSignal signal, boolean gzip) {
		return settings(OtlpProtocol.HTTP_PROTOBUF, endpoint, signal, gzip);
	}

	static OtlpSettings settings(OtlpProtocol protocol, URI endpoint, OtlpSignal signal, boolean gzip) {
		return new OtlpSettings(protocol, new HttpSettings(endpoint, HttpHeaders.of(Map.of("x-api-key", "SECRET-9f3")),
				gzip, Duration.ofSeconds(30), "telemetry.endpoint"), signal, RESOURCE);
	}

	static OtlpSink sink(FakeCollector collector, OtlpSignal signal, boolean gzip) {
		String path = (signal == OtlpSignal.LOGS) ? "/v1/logs" : "/v1/traces";
		return sink(settings(collector.uri(path), signal, gzip));
	}

	static OtlpSink sink(URI endpoint, Duration timeout) {
		HttpSettings http = new HttpSettings(endpoint, HttpHeaders.NONE, true, timeout, "telemetry.endpoint");
		return sink(new OtlpSettings(OtlpProtocol.HTTP_PROTOBUF, http, OtlpSignal.LOGS, OtlpResource.of("demo")));
	}

	static OtlpSink grpc(URI endpoint, OtlpSignal signal, boolean gzip) {
		return sink(settings(OtlpProtocol.GRPC, endpoint, signal, gzip));
	}

	static OtlpSink sink(OtlpSettings settings) {
		try {
			return new OtlpSink(settings, "actuator", TlsSource.JAVA);
		}
		catch (TelemetryException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
