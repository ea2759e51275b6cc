package dev.telemetry.sink;

import java.util.List;

import dev.telemetry.event.Event;

/** Takes everything and keeps nothing. */
enum NoopSink implements TelemetrySink {

	INSTANCE;

	@Override
	public void emit(Event event) {
	}

	@Override
	public void emitAll(List<Event> events) {
	}

}
