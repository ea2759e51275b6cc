package dev.telemetry.sink;

import java.util.List;

import dev.telemetry.event.Event;

/** Accepts everything and stores nothing. */
enum NoopSink implements TelemetrySink {

	INSTANCE;

	@Override
	public void emit(Event event) {
	}

	@Override
	public void emitAll(List<Event> events) {
	}

}
