package dev.telemetry.sdk;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.telemetry.EventRecorder;
import dev.telemetry.EventScope;
import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.TelemetryTracker;
import dev.telemetry.delivery.DeliveryLane;
import dev.telemetry.pipeline.Sampler;
import org.jspecify.annotations.Nullable;

/**
 * The standard entry point for recording. Each way to record begins with one volatile
 * read of the recording session: if it is closed, the call returns before a clock is read
 * or anything is allocated. Any failure after that is caught and never reaches the
 * caller.
 */
final class DefaultTelemetryContext implements TelemetryContext {

	private final RecordingSessions sessions;

	private final Supplier<@Nullable String> currentTenant;

	private final EventAdmission admission;

	private final TelemetryTracker tracker;

	private final LongSupplier nanoTime;

	DefaultTelemetryContext(Sampler sampler, RecordingSessions sessions, RecordingPath path) {
		this.sessions = sessions;
		this.currentTenant = path.rules()::currentTenant;
		this.admission = new EventAdmission(sampler, path.clock(), path.dropped());
		this.tracker = new DefaultTelemetryTracker(sessions, this.admission);
		this.nanoTime = path.nanoTime();
	}

	@Override
	public EventRecorder event(EventType type) {
		RecordingSession session = this.sessions.current();
		if (session == null) {
			return EventRecorder.noop();
		}
		DefaultEventRecorder recorder = recorder(session, name(type), false, this.currentTenant);
		return (recorder != null) ? recorder : EventRecorder.noop();
	}

	@Override
	public void record(String name) {
		record(name, Map.of());
	}

	@Override
	public void record(String name, Map<String, ?> attributes) {
		RecordingSession session = this.sessions.current();
		if (session == null) {
			return;
		}
		DefaultEventRecorder recorder = recorder(session, name, true, this.currentTenant);
		if (recorder != null) {
			try {
				attributes.forEach(recorder);
			}
			catch (Throwable ex) {
				session.failed(ex);
			}
			recorder.record();
		}
	}

	@Override
	public EventScope start(EventType type) {
		RecordingSession session = this.sessions.current();
		if (session == null) {
			return EventScope.noop();
		}
		DefaultEventRecorder recorder = recorder(session, name(type), false, this.currentTenant);
		return (recorder != null) ? new DefaultEventScope(recorder, this.nanoTime) : EventScope.noop();
	}

	@Override
	public EventScope start(EventType success, EventType failure) {
		RecordingSession session = this.sessions.current();
		if (session == null) {
			return EventScope.noop();
		}
		try {
			// The thread that ends it may work for another tenant by then
			String tenant = this.currentTenant.get();
			return new OperationScope(success, failure, (type) -> recorder(session, name(type), false, () -> tenant),
					this.nanoTime);
		}
		catch (Throwable ex) {
			session.failed(ex);
			return EventScope.noop();
		}
	}

	@Override
	public <T extends @Nullable Object, X extends Throwable> T time(EventType type, ScopedWork<T, X> work) throws X {
		try (EventScope scope = start(type)) {
			try {
				return work.run(scope);
			}
			catch (CancellationException ex) {
				scope.cancelled();
				throw ex;
			}
			catch (Throwable ex) {
				scope.failed(ex);
				throw ex;
			}
		}
	}

	// A caller without null checks must find no difference between on and off
	private static @Nullable String name(@Nullable EventType type) {
		return (type != null) ? type.name() : null;
	}

	/** Make a recorder, or return {@code null} when this event is not to be recorded. */
	private @Nullable DefaultEventRecorder recorder(RecordingSession session, @Nullable String name,
			boolean callerNamed, Supplier<@Nullable String> tenant) {
		try {
			// A sink that records telemetry itself would feed itself for ever
			if (name == null || name.isBlank() || DeliveryLane.isDeliveryThread()) {
				this.admission.refuseInvalid();
				return null;
			}
			EventRules rules = session.rules();
			EventDraft draft = EventDrafts.untaken(name);
			EventRule rule = rules.narrow(draft.rule(rules, name), name, tenant.get());
			if (this.admission.refusal(rule, null) != null) {
				return null;
			}
			// The application, asked for its tenant, may have begun an event of this name
			EventDraft free = draft.isTaken() ? EventDrafts.untaken(name) : draft;
			free.take(session, rule, name, callerNamed);
			return new DefaultEventRecorder(free);
		}
		catch (Throwable ex) {
			session.lost(ex);
			return null;
		}
	}

	@Override
	public TelemetryTracker tracker() {
		return this.tracker;
	}

	@Override
	public boolean isCollecting() {
		return this.sessions.collecting() != null;
	}

}
