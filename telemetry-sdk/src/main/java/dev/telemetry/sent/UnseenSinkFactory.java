package dev.telemetry.sent;

import java.util.List;
import java.util.function.BooleanSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.event.Event;
import dev.telemetry.sink.LocalStore;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that events were handed to a sink of the application, and how many: what it
 * makes of them is not seen.
 *
 * @param factory makes the sink
 * @param log remembers
 */
record UnseenSinkFactory(TelemetrySinkFactory factory, SentLog log) implements TelemetrySinkFactory {

	@Override
	public String name() {
		return this.factory.name();
	}

	@Override
	public String target() {
		return this.factory.target();
	}

	@Override
	public boolean remote() {
		return this.factory.remote();
	}

	@Override
	public TelemetrySink create(SinkSession session) throws TelemetryException {
		TelemetrySink sink = this.factory.create(session);
		// A store is erased by a reset, and has to be found for that
		return (sink instanceof LocalStore) ? sink : new UnseenSink(sink);
	}

	/** A sink that cannot be looked into. */
	private final class UnseenSink implements TelemetrySink {

		private final TelemetrySink sink;

		private final Object lock = new Object();

		@GuardedBy("lock")
		private boolean aborted;

		UnseenSink(TelemetrySink sink) {
			this.sink = sink;
		}

		@Override
		public void emit(Event event) throws TelemetryException {
			handOver(1, () -> this.sink.emit(event));
		}

		@Override
		public void emitAll(List<Event> events) throws TelemetryException {
			handOver(events.size(), () -> this.sink.emitAll(events));
		}

		@Override
		public void emitAll(List<Event> events, BooleanSupplier goOn) throws TelemetryException {
			handOver(events.size(), () -> this.sink.emitAll(events, goOn));
		}

		private void handOver(int events, Handover handover) throws TelemetryException {
			@Nullable SentRequest request = note(events);
			boolean taken = false;
			try {
				handover.run();
				taken = true;
			}
			finally {
				// What it throws is for the lane, which tells it in status
				if (request != null) {
					end(request, taken);
				}
			}
		}

		/** After an abort may come a reset, and what it erased must not come back. */
		private @Nullable SentRequest note(int events) {
			synchronized (this.lock) {
				return this.aborted ? null
						: UnseenSinkFactory.this.log.add(SentHead.unseen(name(), target(), events), SentBody.UNSEEN);
			}
		}

		private static void end(SentRequest request, boolean taken) {
			if (taken) {
				request.taken();
			}
			else {
				request.failed("the sink failed");
			}
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
			synchronized (this.lock) {
				this.aborted = true;
			}
			this.sink.abort();
		}

		@Override
		public void close() {
			this.sink.close();
		}

	}

	/** Hands events to the sink. */
	@FunctionalInterface
	private interface Handover {

		void run() throws TelemetryException;

	}

}
