package dev.telemetry.sink.otlp;

import java.util.ArrayList;
import java.util.List;

import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.test.AbstractTelemetrySinkTests;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.otlp.FakeCollector.Reply;
import io.opentelemetry.proto.logs.v1.LogRecord;
import org.junit.jupiter.api.AfterEach;

/** The contract of every sink, for OTLP over HTTP. */
class OtlpHttpSinkTests extends AbstractTelemetrySinkTests {

	private final FakeCollector collector = new FakeCollector();

	private final List<TelemetrySink> sinks = new ArrayList<>();

	@AfterEach
	void close() {
		this.sinks.forEach(TelemetrySink::close);
		this.collector.close();
	}

	@Override
	protected TelemetrySink sink() {
		TelemetrySink sink = OtlpFixture.sink(this.collector, OtlpSignal.LOGS, true);
		this.sinks.add(sink);
		return sink;
	}

	@Override
	protected List<String> taken() {
		return this.collector.logRecords().stream().map(LogRecord::getEventName).toList();
	}

	@Override
	protected boolean fail() {
		this.collector.reply((request) -> Reply.status(503));
		return true;
	}

	@Override
	protected boolean endsWithAbort() {
		return true;
	}

}
