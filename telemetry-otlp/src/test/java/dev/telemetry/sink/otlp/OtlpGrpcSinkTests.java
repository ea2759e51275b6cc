package dev.telemetry.sink.otlp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.test.AbstractTelemetrySinkTests;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.otlp.FakeGrpcCollector.Reply;
import io.grpc.Status;
import io.opentelemetry.proto.logs.v1.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of every sink, for OTLP over gRPC. */
class OtlpGrpcSinkTests extends AbstractTelemetrySinkTests {

	private final List<TelemetrySink> sinks = new ArrayList<>();

	private FakeGrpcCollector collector;

	@BeforeEach
	void start() throws IOException {
		this.collector = new FakeGrpcCollector();
	}

	@AfterEach
	void close() {
		this.sinks.forEach(TelemetrySink::close);
		this.collector.close();
	}

	@Override
	protected TelemetrySink sink() {
		TelemetrySink sink = OtlpFixture.grpc(this.collector.uri(), OtlpSignal.LOGS, true);
		this.sinks.add(sink);
		return sink;
	}

	@Override
	protected List<String> taken() {
		return this.collector.logRecords().stream().map(LogRecord::getEventName).toList();
	}

	@Override
	protected boolean fail() {
		this.collector.reply((request) -> Reply.failed(Status.UNAVAILABLE));
		return true;
	}

	@Override
	protected boolean endsWithAbort() {
		return true;
	}

}
