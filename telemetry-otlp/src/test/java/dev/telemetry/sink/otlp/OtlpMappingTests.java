package dev.telemetry.sink.otlp;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;
import dev.telemetry.event.Event;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.TelemetryException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for what events look like on the wire: every key, and no other (T-15). */
@Tag("T-15")
class OtlpMappingTests {

	private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(OtlpFixture.TIME.toEpochMilli());

	private static final Map<String, Object> RESOURCE = Map.ofEntries(Map.entry("service.name", "demo-app"),
			Map.entry("service.namespace", "shop"), Map.entry("service.version", "1.0.0"),
			Map.entry("deployment.environment", "production"), Map.entry("deployment.environment.name", "production"),
			Map.entry("telemetry.opt_in_source", "actuator"), Map.entry("os.type", "linux"),
			Map.entry("host.arch", "amd64"), Map.entry("process.runtime.version", "17"),
			Map.entry("tool.name", "demo-app"), Map.entry("tool.version", "1.0.0"),
			Map.entry("machine.id", "ab".repeat(32)), Map.entry("session.id", "cd".repeat(16)));

	private final FakeCollector collector = new FakeCollector();

	@AfterEach
	void close() {
		this.collector.close();
	}

	private void send(OtlpSignal signal, Event event) throws TelemetryException {
		OtlpSink sink = OtlpFixture.sink(this.collector, signal, true);
		sink.emit(event);
		sink.close();
	}

	@Test
	void logRecordHasTheDocumentedFieldsAndNoOther() throws TelemetryException {
		send(OtlpSignal.LOGS,
				OtlpFixture.event("order.placed")
					.type("feature.used")
					.samplingRate(0.5)
					.attribute("items", 3)
					.attribute("duration_ms", 12.5)
					.attribute("success", true)
					.attribute("plan", "free")
					.build());
		LogRecord log = this.collector.logRecords().get(0);
		assertThat(log.getEventName()).isEqualTo("order.placed");
		assertThat(log.getTimeUnixNano()).isEqualTo(NANOS);
		assertThat(log.getObservedTimeUnixNano()).isEqualTo(NANOS);
		assertThat(log.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_INFO);
		assertThat(log.hasBody()).isFalse();
		assertThat(log.getTraceId().isEmpty()).isTrue();
		assertThat(log.getSpanId().isEmpty()).isTrue();
		assertThat(values(log.getAttributesList())).containsExactlyInAnyOrderEntriesOf(
				Map.ofEntries(Map.entry("event.id", OtlpFixture.ID.toString()), Map.entry("event.name", "order.placed"),
						Map.entry("event.type", "feature.used"), Map.entry("sampling.rate", 0.5),
						Map.entry("telemetry.attr.items", 3L), Map.entry("telemetry.attr.duration_ms", 12.5),
						Map.entry("telemetry.attr.success", true), Map.entry("telemetry.attr.plan", "free")));
	}

	@Test
	void logRecordWithoutOptionalFieldsLeavesThemOut() throws TelemetryException {
		send(OtlpSignal.LOGS, Event.builder("a").timestamp(OtlpFixture.TIME).build());
		assertThat(values(this.collector.logRecords().get(0).getAttributesList())).containsOnlyKeys("event.id",
				"event.name");
		assertThat(values(resource().getAttributesList())).doesNotContainKeys("machine.id", "session.id")
			.containsEntry("tool.name", "unknown")
			.containsEntry("tool.version", "unknown");
	}

	@ParameterizedTest
	@CsvSource({ "true,SEVERITY_NUMBER_INFO", "false,SEVERITY_NUMBER_ERROR" })
	void logRecordSeverityFollowsSuccess(boolean success, SeverityNumber expected) throws TelemetryException {
		send(OtlpSignal.LOGS, OtlpFixture.event("a").attribute("success", success).build());
		assertThat(this.collector.logRecords().get(0).getSeverityNumber()).isEqualTo(expected);
	}

	@Test
	void resourceHasTheDocumentedKeysAndNoOther() throws TelemetryException {
		send(OtlpSignal.LOGS, OtlpFixture.event("a").build());
		ResourceLogs logs = this.collector.requests().get(0).logs().getResourceLogs(0);
		assertThat(values(logs.getResource().getAttributesList())).containsExactlyInAnyOrderEntriesOf(RESOURCE);
		assertThat(logs.getScopeLogs(0).getScope().getName()).isEqualTo("dev.telemetry");
		assertThat(logs.getScopeLogs(0).getScope().getAttributesList()).isEmpty();
	}

	@Test
	void spanHasTheDocumentedFieldsAndNoOther() throws TelemetryException {
		send(OtlpSignal.TRACES,
				OtlpFixture.event("order.placed")
					.attribute("items", 3)
					.attribute("duration_ms", 12.5)
					.attribute("success", false)
					.build());
		Span span = this.collector.spans().get(0);
		assertThat(span.getName()).isEqualTo("demo-app.order.placed");
		assertThat(span.getEndTimeUnixNano()).isEqualTo(NANOS);
		assertThat(span.getStartTimeUnixNano()).isEqualTo(NANOS - 12_500_000);
		assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_INTERNAL);
		assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
		assertThat(hex(span.getTraceId())).isEqualTo(OtlpFixture.ID.toString().replace("-", ""));
		assertThat(hex(span.getSpanId())).isEqualTo("8def0123456789ab");
		assertThat(span.getParentSpanId().isEmpty()).isTrue();
		assertThat(values(span.getAttributesList()))
			.containsExactlyInAnyOrderEntriesOf(Map.of("event.id", OtlpFixture.ID.toString(), "demo-app.items", 3L,
					"demo-app.duration_ms", 12.5, "demo-app.success", false));
		ResourceSpans spans = this.collector.requests().get(0).traces().getResourceSpans(0);
		assertThat(spans.getScopeSpans(0).getScope().getName()).isEqualTo("dev.telemetry");
		assertThat(values(spans.getResource().getAttributesList())).containsExactlyInAnyOrderEntriesOf(RESOURCE);
	}

	@ParameterizedTest
	@CsvSource({ "0,1000000", "-5,1000000", "0.0001,1000000", "1,1000000", "2000,2000000000",
			"1e300,31536000000000000" })
	void spanLastsAtLeastAMillisecondAndAtMostAYear(double millis, long nanos) throws TelemetryException {
		send(OtlpSignal.TRACES, OtlpFixture.event("a").attribute("duration_ms", millis).build());
		Span span = this.collector.spans().get(0);
		assertThat(span.getEndTimeUnixNano() - span.getStartTimeUnixNano()).isEqualTo(nanos);
	}

	@Test
	void spanWithoutOutcomeHasNoStatus() throws TelemetryException {
		send(OtlpSignal.TRACES, OtlpFixture.event("a").build());
		assertThat(this.collector.spans().get(0).getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
	}

	@Test
	void timestampOf1970DoesNotFail() throws TelemetryException {
		send(OtlpSignal.LOGS, OtlpFixture.event("a").timestamp(Instant.EPOCH).build());
		assertThat(this.collector.logRecords()).hasSize(1);
	}

	private Resource resource() {
		return this.collector.requests().get(0).logs().getResourceLogs(0).getResource();
	}

	private static Map<String, Object> values(List<KeyValue> attributes) {
		Map<String, Object> values = new LinkedHashMap<>();
		attributes.forEach((attribute) -> values.put(attribute.getKey(), value(attribute.getValue())));
		return values;
	}

	private static Object value(AnyValue value) {
		return switch (value.getValueCase()) {
			case STRING_VALUE -> value.getStringValue();
			case INT_VALUE -> value.getIntValue();
			case DOUBLE_VALUE -> value.getDoubleValue();
			case BOOL_VALUE -> value.getBoolValue();
			default -> value.getValueCase();
		};
	}

	private static String hex(ByteString bytes) {
		return java.util.HexFormat.of().formatHex(bytes.toByteArray());
	}

}
