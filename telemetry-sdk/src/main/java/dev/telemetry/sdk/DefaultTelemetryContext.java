package dev.telemetry;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.telemetry.consent.ConsentGate;
import dev.telemetry.delivery.DeliveryLane;
import dev.telemetry.event.Event;
import dev.telemetry.pipeline.DropCounters;
import dev.telemetry.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * The standard front door. Each way to record begins with one volatile read of the
 * session: closed means return, before a clock is read or anything is allocated. Whatever
 * goes wrong behind it is caught and never reaches the caller.
 */
final class DefaultTelemetryContext implements TelemetryContext {

	private final String tool;

	private final ConsentGate gate;

	private final RecordingSessions sessions;

	private final EventRules rules;

	private final Supplier<@Nullable String> currentTenant;

	private final EventAdmission admission;

	private final TelemetryTracker tracker;

	private final DropCounters dropped;

	private final Problems problems;

	private final LongSupplier nanoTime;

	private final Duration shutdownTimeout;

	DefaultTelemetryContext(TelemetryContextBuilder builder, ConsentGate gate, RecordingSessions sessions,
			RecordingPath path) {
		this.tool = builder.tool();
		this.gate = gate;
		this.sessions = sessions;
		this.rules = path.rules();
		this.currentTenant = this.rules::currentTenant;
		this.admission = new EventAdmission(builder.sampler(), path.clock(), path.dropped());
		this.tracker = new DefaultTelemetryTracker(sessions, path.rules(), this.admission);
		this.dropped = path.dropped();
		this.problems = builder.problems();
		this.nanoTime = path.nanoTime();
		this.shutdownTimeout = builder.shutdownTimeout();
	}

	@Override
	public EventRecorder event(EventType type) {
		RecordingSession session = this.sessions.current();
		if (session == null) {
			return NoopEventRecorder.INSTANCE;
		}
		DefaultEventRecorder recorder = recorder(session, name(type), false, this.currentTenant);
		return (recorder != null) ? recorder : NoopEventRecorder.INSTANCE;
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
				attributes.forEach(recorder::attribute);
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
			return NoopEventScope.INSTANCE;
		}
		DefaultEventRecorder recorder = recorder(session, name(type), false, this.currentTenant);
		return (recorder != null) ? new DefaultEventScope(recorder, this.nanoTime) : NoopEventScope.INSTANCE;
	}

	@Override
	public EventScope start(EventType success, EventType failure) {
		RecordingSession session = this.sessions.current();
		if (session == null) {
			return NoopEventScope.INSTANCE;
		}
		try {
			// The thread that ends it may work for another tenant by then
			String tenant = this.currentTenant.get();
			return new OperationScope(success, failure, (type) -> recorder(session, name(type), false, () -> tenant),
					this.nanoTime);
		}
		catch (Throwable ex) {
			session.failed(ex);
			return NoopEventScope.INSTANCE;
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

	/** Make a recorder, or return {@code null} when this event is not to be kept. */
	private @Nullable DefaultEventRecorder recorder(RecordingSession session, @Nullable String name,
			boolean callerNamed, Supplier<@Nullable String> tenant) {
		try {
			// A sink that records telemetry itself would feed itself for ever
			if (name == null || name.isBlank() || DeliveryLane.isDeliveryThread()) {
				this.admission.refuseInvalid();
				return null;
			}
			EventRule rule = this.rules.narrow(this.rules.get(name), name, tenant.get());
			return (this.admission.refusal(rule, null) != null) ? null
					: new DefaultEventRecorder(EventDrafts.take(session, rule, name, callerNamed));
		}
		catch (Throwable ex) {
			session.failed(ex);
			return null;
		}
	}

	@Override
	public TelemetryTracker tracker() {
		return this.tracker;
	}

	@Override
	public boolean isCollecting() {
		return this.sessions.current() != null;
	}

	@Override
	public boolean flush(Duration timeout) {
		RecordingSession session = this.sessions.current();
		return session == null || session.flush(timeout);
	}

	@Override
	public void discard() {
		RecordingSession session = this.sessions.current();
		if (session != null) {
			session.discard();
		}
	}

	@Override
	public TelemetryStatus status() {
		RecordingSession session = this.sessions.current();
		return new TelemetryStatus(this.tool, session != null, this.gate.decision(),
				(session != null) ? session.origin().machineId() : null,
				(session != null) ? session.origin().sessionId() : null, this.sessions.deliveryStatus(),
				this.dropped.snapshot(), this.problems.list());
	}

	@Override
	public ConsentGate gate() {
		return this.gate;
	}

	@Override
	public void close() {
		this.sessions.stop(this.shutdownTimeout);
		this.gate.close();
	}

}
