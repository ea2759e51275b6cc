package dev.telemetry.sink.otlp;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import dev.telemetry.delivery.HandDrivenLane;
import dev.telemetry.event.Event;
import dev.telemetry.sdk.RealCollector;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.TelemetryException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests against the real OpenTelemetry Collector, whose path is given with
 * {@code -Dtelemetry.otelcol=PATH}.
 */
@Tag("F-07")
@Tag("F-34")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OtlpCollectorTests {

	private static final String NANOS = String.valueOf(TimeUnit.MILLISECONDS.toNanos(OtlpFixture.TIME.toEpochMilli()));

	@TempDir
	private Path directory;

	@BeforeEach
	void needsCollector() {
		RealCollector.require();
	}

	private RealCollector start(Path output, String options) throws Exception {
		return RealCollector.start(this.directory, output, options);
	}

	private RealCollector start(String options) throws Exception {
		return start(this.directory.resolve("out.jsonl"), options);
	}

	@ParameterizedTest
	@CsvSource({ "HTTP_PROTOBUF,LOGS,true", "HTTP_PROTOBUF,LOGS,false", "HTTP_PROTOBUF,TRACES,true",
			"HTTP_PROTOBUF,TRACES,false", "GRPC,LOGS,true", "GRPC,LOGS,false", "GRPC,TRACES,true",
			"GRPC,TRACES,false" })
	void everyEventArrivesOnce(OtlpProtocol protocol, OtlpSignal signal, boolean gzip) throws Exception {
		try (RealCollector collector = start("")) {
			List<Event> events = OtlpFixture.events(1000, 100);
			URI endpoint = (protocol == OtlpProtocol.GRPC) ? collector.grpc() : collector.uri(path(signal));
			OtlpSink sink = OtlpFixture.sink(OtlpFixture.settings(protocol, endpoint, signal, gzip));
			sink.emitAll(events.subList(0, 512));
			sink.emitAll(events.subList(512, 1000));
			sink.close();
			List<String> expected = events.stream().map((event) -> event.id().toString()).sorted().toList();
			assertThat(records(collector, signal).stream()
				.map((each) -> attributes(each).get("event.id"))
				.sorted(Comparator.naturalOrder())
				.toList()).isEqualTo(expected);
		}
	}

	@Test
	void logRecordArrivesAsSent() throws Exception {
		try (RealCollector collector = start("")) {
			OtlpSink sink = sink(collector.uri("/v1/logs"), OtlpSignal.LOGS, true);
			sink.emit(OtlpFixture.event("order.placed").attribute("items", 3).attribute("success", false).build());
			sink.close();
			JsonNode log = records(collector, OtlpSignal.LOGS).get(0);
			assertThat(log.path("eventName").asString()).isEqualTo("order.placed");
			assertThat(log.path("timeUnixNano").asString()).isEqualTo(NANOS);
			assertThat(log.path("observedTimeUnixNano").asString()).isEqualTo(NANOS);
			assertThat(log.path("severityText").asString()).isEqualTo("ERROR");
			assertThat(attributes(log)).containsEntry("event.name", "order.placed")
				.containsEntry("telemetry.attr.items", "3")
				.containsEntry("telemetry.attr.success", "false");
			assertThat(attributes(groups(collector, OtlpSignal.LOGS).get(0).path("resource")))
				.containsEntry("service.name", "demo-app")
				.containsEntry("service.namespace", "shop")
				.containsEntry("service.version", "1.0.0")
				.containsEntry("deployment.environment", "production")
				.containsEntry("telemetry.opt_in_source", "actuator")
				.containsEntry("tool.name", "demo-app")
				.containsEntry("tool.version", "1.0.0")
				.containsEntry("machine.id", "ab".repeat(32))
				.containsEntry("session.id", "cd".repeat(16))
				.hasSize(13);
		}
	}

	@Test
	void eventsOfSeveralSessionsArriveUnderTheirOwn() throws Exception {
		try (RealCollector collector = start("")) {
			for (OtlpSignal signal : OtlpSignal.values()) {
				OtlpSink sink = sink(collector.uri(path(signal)), signal, false);
				sink.emitAll(List.of(OtlpFixture.event("a").build(), Event.builder("b").build(),
						OtlpFixture.event("c").build()));
				sink.close();
				assertThat(groups(collector, signal)).hasSize(2);
				assertThat(attributes(groups(collector, signal).get(0).path("resource"))).containsEntry("session.id",
						"cd".repeat(16));
				assertThat(attributes(groups(collector, signal).get(1).path("resource")))
					.doesNotContainKey("session.id");
				assertThat(records(collector, signal)).hasSize(3);
			}
		}
	}

	@Test
	void spanArrivesAsSent() throws Exception {
		try (RealCollector collector = start("")) {
			OtlpSink sink = sink(collector.uri("/v1/traces"), OtlpSignal.TRACES, true);
			sink.emit(OtlpFixture.event("order.placed").attribute("duration_ms", 12.5).build());
			sink.close();
			JsonNode span = records(collector, OtlpSignal.TRACES).get(0);
			assertThat(span.path("name").asString()).isEqualTo("demo-app.order.placed");
			assertThat(span.path("endTimeUnixNano").asString()).isEqualTo(NANOS);
			assertThat(span.path("startTimeUnixNano").asString())
				.isEqualTo(String.valueOf(Long.parseLong(NANOS) - 12_500_000));
			assertThat(attributes(span)).containsEntry("demo-app.duration_ms", "12.5");
		}
	}

	@Test
	void batchThatIsTooLargeForTheReceiverIsSplitUntilItFits() throws Exception {
		try (RealCollector collector = start(", max_request_body_size: 20000");
				HandDrivenLane lane = new HandDrivenLane(sink(collector.uri("/v1/logs"), OtlpSignal.LOGS, true))) {
			lane.deliver(OtlpFixture.events(512, 200));
			assertThat(lane.status().delivered()).isEqualTo(512);
			assertThat(records(collector, OtlpSignal.LOGS)).hasSize(512);
		}
	}

	@Test
	void eventThatIsTooLargeForTheReceiverIsRejectedAlone() throws Exception {
		List<Event> events = new ArrayList<>(OtlpFixture.events(2, 10));
		events.add(OtlpFixture.events(1, 5000).get(0));
		try (RealCollector collector = start(", max_request_body_size: 2000");
				HandDrivenLane lane = new HandDrivenLane(sink(collector.uri("/v1/logs"), OtlpSignal.LOGS, false))) {
			lane.deliver(events);
			assertThat(lane.status().lastError()).contains("answered 400");
			assertThat(lane.rejected()).containsExactly(events.get(2));
			assertThat(records(collector, OtlpSignal.LOGS)).hasSize(2);
		}
	}

	@Test
	void emptyRequestIsTakenAndAddsNothing() throws Exception {
		try (RealCollector collector = start("")) {
			for (OtlpSignal signal : OtlpSignal.values()) {
				OtlpSink sink = sink(collector.uri(path(signal)), signal, true);
				assertThat(sink.probe()).isTrue();
				sink.close();
			}
			assertThat(records(collector, OtlpSignal.LOGS)).isEmpty();
		}
	}

	@Test
	void receiverWhoseDiskIsFullIsRetriedOverGrpc() throws Exception {
		try (RealCollector collector = start(Path.of("/dev/full"), "")) {
			OtlpSink sink = OtlpFixture.grpc(collector.grpc(), OtlpSignal.LOGS, true);
			TelemetryException failure = catchThrowableOfType(TelemetryException.class,
					() -> sink.emit(OtlpFixture.event("a").build()));
			sink.close();
			assertThat(failure).hasMessageContaining("answered UNAVAILABLE");
			assertThat(failure.retryable()).isTrue();
		}
	}

	@Test
	void portOfTheOtherProtocolCostsNoEvent() throws Exception {
		try (RealCollector collector = start("")) {
			for (OtlpSink sink : List.of(OtlpFixture.grpc(collector.uri(""), OtlpSignal.LOGS, true),
					sink(URI.create(collector.grpc() + "/v1/logs"), OtlpSignal.LOGS, true))) {
				TelemetryException failure = catchThrowableOfType(TelemetryException.class,
						() -> sink.emit(OtlpFixture.event("a").build()));
				sink.close();
				assertThat(failure.reaction()).isNotEqualTo(TelemetryException.Reaction.BISECT);
			}
			assertThat(records(collector, OtlpSignal.LOGS)).isEmpty();
		}
	}

	@Test
	void receiverWhoseDiskIsFullIsRetried() throws Exception {
		try (RealCollector collector = start(Path.of("/dev/full"), "")) {
			OtlpSink sink = sink(collector.uri("/v1/logs"), OtlpSignal.LOGS, true);
			TelemetryException failure = catchThrowableOfType(TelemetryException.class,
					() -> sink.emit(OtlpFixture.event("a").build()));
			sink.close();
			assertThat(failure).hasMessageContaining("answered 503");
			assertThat(failure.retryable()).isTrue();
			assertThat(failure.settled()).isZero();
		}
	}

	@Test
	void wrongPathIsHeld() throws Exception {
		try (RealCollector collector = start("")) {
			OtlpSink sink = sink(collector.uri("/v1/nothing"), OtlpSignal.LOGS, true);
			TelemetryException failure = catchThrowableOfType(TelemetryException.class,
					() -> sink.emit(OtlpFixture.event("a").build()));
			sink.close();
			assertThat(failure).hasMessageContaining("answered 404").hasMessageContaining("telemetry.endpoint");
			assertThat(failure.reaction()).isEqualTo(TelemetryException.Reaction.HOLD);
		}
	}

	private static OtlpSink sink(URI endpoint, OtlpSignal signal, boolean gzip) {
		return OtlpFixture.sink(OtlpFixture.settings(endpoint, signal, gzip));
	}

	private static String path(OtlpSignal signal) {
		return (signal == OtlpSignal.LOGS) ? "/v1/logs" : "/v1/traces";
	}

	private static List<JsonNode> groups(RealCollector collector, OtlpSignal signal) throws Exception {
		List<JsonNode> groups = new ArrayList<>();
		for (String line : collector.lines()) {
			JsonNode request = JsonMapper.shared().readTree(line);
			request.path((signal == OtlpSignal.LOGS) ? "resourceLogs" : "resourceSpans").forEach(groups::add);
		}
		return groups;
	}

	private static List<JsonNode> records(RealCollector collector, OtlpSignal signal) throws Exception {
		boolean logs = signal == OtlpSignal.LOGS;
		List<JsonNode> records = new ArrayList<>();
		for (JsonNode group : groups(collector, signal)) {
			group.path(logs ? "scopeLogs" : "scopeSpans")
				.forEach((scope) -> scope.path(logs ? "logRecords" : "spans").forEach(records::add));
		}
		return records;
	}

	private static Map<String, String> attributes(JsonNode holder) {
		Map<String, String> attributes = new TreeMap<>();
		for (JsonNode attribute : holder.path("attributes")) {
			attributes.put(attribute.path("key").asString(), attribute.path("value").iterator().next().asString());
		}
		return attributes;
	}

}
