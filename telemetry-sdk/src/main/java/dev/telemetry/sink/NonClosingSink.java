package dev.telemetry.sink;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.telemetry.event.Event;

/**
 * A sink of the application's, seen by one session: the end of the session leaves it
 * open, since the next session uses it again and the application closes it.
 */
class NonClosingSink implements TelemetrySink {

	private final TelemetrySink sink;

	NonClosingSink(TelemetrySink sink) {
		this.sink = sink;
	}

	static TelemetrySink of(TelemetrySink sink) {
		return (sink instanceof LocalStore store) ? new Store(sink, store) : new NonClosingSink(sink);
	}

	@Override
	public void emit(Event event) throws TelemetryException {
		this.sink.emit(event);
	}

	@Override
	public void emitAll(List<Event> events) throws TelemetryException {
		this.sink.emitAll(events);
	}

	@Override
	public void emitAll(List<Event> events, BooleanSupplier goOn) throws TelemetryException {
		this.sink.emitAll(events, goOn);
	}

	@Override
	public void flush() throws TelemetryException {
		this.sink.flush();
	}

	@Override
	public boolean probe() throws TelemetryException {
		return this.sink.probe();
	}

	@Override
	public void abort() {
		this.sink.abort();
	}

	/** Stays a store, so that a reset finds it. */
	private static final class Store extends NonClosingSink implements LocalStore {

		private final LocalStore store;

		private Store(TelemetrySink sink, LocalStore store) {
			super(sink);
			this.store = store;
		}

		@Override
		public void erase() throws IOException {
			this.store.erase();
		}

		@Override
		public void eraseBefore(Instant limit) throws IOException {
			this.store.eraseBefore(limit);
		}

	}

}
