package dev.telemetry.test;

import dev.telemetry.sink.MemorySink;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;

/**
 * Hands out the sink of the test kit, which goes on from session to session. The sink
 * itself is no bean, or it would be found a second time.
 *
 * @param events the sink
 */
record RecordedSinkFactory(MemorySink events) implements TelemetrySinkFactory {

	/** The name of the sink. */
	static final String NAME = "recorded";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String target() {
		return "memory of the test";
	}

	@Override
	public boolean remote() {
		return false;
	}

	@Override
	public TelemetrySink create(SinkSession session) {
		return this.events;
	}

}
