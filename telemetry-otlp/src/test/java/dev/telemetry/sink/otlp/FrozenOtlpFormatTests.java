package dev.telemetry.sink.otlp;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.telemetry.event.Event;
import dev.telemetry.sdk.Golden;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.otlp.FakeCollector.Request;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a collector gets is as it was: dashboards name its keys. The golden files are the
 * request in the text format of Protocol Buffers.
 */
class FrozenOtlpFormatTests {

	private static final List<Event> EVENTS = List.of(
			OtlpFixture.event("order.placed")
				.type("feature.used")
				.samplingRate(0.5)
				.attribute("items", 3)
				.attribute("duration_ms", 12.5)
				.attribute("success", false)
				.attribute("plan", "fr\u00e9e")
				.build(),
			Event.builder("report.opened")
				.id(UUID.fromString("019aa000-0000-7abc-8def-0123456789ac"))
				.timestamp(OtlpFixture.TIME)
				.build());

	@Test
	void logsAreSentAsTheyWere() throws TelemetryException {
		Golden.assertSame("otlp/logs.txtpb", text(send(OtlpSignal.LOGS).logs()));
	}

	@Test
	void tracesAreSentAsTheyWere() throws TelemetryException {
		Golden.assertSame("otlp/traces.txtpb", text(send(OtlpSignal.TRACES).traces()));
	}

	@Test
	void goldenFilesAreRequests() throws IOException {
		ExportLogsServiceRequest logs = TextFormat.parse(Golden.text("otlp/logs.txtpb"),
				ExportLogsServiceRequest.class);
		assertThat(text(logs)).isEqualTo(Golden.text("otlp/logs.txtpb"));
		ExportTraceServiceRequest traces = TextFormat.parse(Golden.text("otlp/traces.txtpb"),
				ExportTraceServiceRequest.class);
		assertThat(text(traces)).isEqualTo(Golden.text("otlp/traces.txtpb"));
	}

	private static Request send(OtlpSignal signal) throws TelemetryException {
		try (FakeCollector collector = new FakeCollector()) {
			OtlpSink sink = OtlpFixture.sink(collector, signal, true);
			sink.emitAll(EVENTS);
			sink.close();
			assertThat(collector.requests()).hasSize(1);
			return collector.requests().get(0);
		}
	}

	private static String text(Message message) {
		return TextFormat.printer().printToString(message);
	}

}
