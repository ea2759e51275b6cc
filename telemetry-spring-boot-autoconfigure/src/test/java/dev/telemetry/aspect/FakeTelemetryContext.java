package dev.telemetry.aspect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.telemetry.EventRecorder;
import dev.telemetry.EventScope;
import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.TelemetryTracker;
import dev.telemetry.TrackResult;
import org.jspecify.annotations.Nullable;

/** Keeps what was recorded by scopes; nothing else of a context is used here. */
final class FakeTelemetryContext implements TelemetryContext {

	private final List<Recorded> events = new CopyOnWriteArrayList<>();

	private final AtomicInteger started = new AtomicInteger();

	private volatile boolean collecting = true;

	void collecting(boolean collecting) {
		this.collecting = collecting;
	}

	List<Recorded> events() {
		return this.events;
	}

	int started() {
		return this.started.get();
	}

	@Override
	public TelemetryTracker tracker() {
		return (name, version, properties, context) -> TrackResult.CONSENT_CLOSED;
	}

	@Override
	public boolean isCollecting() {
		return this.collecting;
	}

	@Override
	public EventScope start(EventType type) {
		this.started.incrementAndGet();
		return new Scope(type, type);
	}

	@Override
	public EventScope start(EventType success, EventType failure) {
		this.started.incrementAndGet();
		return new Scope(success, failure);
	}

	@Override
	public EventRecorder event(EventType type) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void record(String name) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void record(String name, Map<String, ?> attributes) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T extends @Nullable Object, X extends Throwable> T time(EventType type, ScopedWork<T, X> work) {
		throw new UnsupportedOperationException();
	}

	/**
	 * An event.
	 *
	 * @param type its type
	 * @param outcome {@code ok}, {@code error} or {@code cancelled}
	 * @param failure what the call failed with
	 * @param attributes its attributes
	 */
	record Recorded(EventType type, String outcome, @Nullable Throwable failure, Map<String, Object> attributes) {

		String name() {
			return this.type.definition().name();
		}

	}

	private final class Scope implements EventScope {

		private final EventType success;

		private final EventType otherwise;

		private final Map<String, Object> attributes = new LinkedHashMap<>();

		private String outcome = "ok";

		private @Nullable Throwable failure;

		private boolean closed;

		Scope(EventType success, EventType otherwise) {
			this.success = success;
			this.otherwise = otherwise;
		}

		@Override
		public EventScope attribute(String key, @Nullable Object value) {
			if (value != null) {
				this.attributes.put(key, value);
			}
			return this;
		}

		@Override
		public EventScope failed(Throwable cause) {
			this.outcome = "error";
			this.failure = cause;
			return this;
		}

		@Override
		public EventScope rejected(@Nullable Throwable cause) {
			this.outcome = "rejected";
			this.failure = cause;
			return this;
		}

		@Override
		public EventScope cancelled() {
			this.outcome = "cancelled";
			return this;
		}

		@Override
		public void close() {
			if (!this.closed) {
				this.closed = true;
				EventType type = this.outcome.equals("ok") ? this.success : this.otherwise;
				FakeTelemetryContext.this.events
					.add(new Recorded(type, this.outcome, this.failure, Map.copyOf(this.attributes)));
			}
		}

	}

}
