package dev.telemetry.sdk;

import java.time.Duration;

import dev.telemetry.TelemetryContext;
import dev.telemetry.TelemetryTracker;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.pipeline.DropCounters;
import dev.telemetry.problem.Problems;

/** The standard implementation. */
final class DefaultTelemetrySdk implements TelemetrySdk {

	private final String tool;

	private final ConsentGate gate;

	private final RecordingSessions sessions;

	private final TelemetryContext context;

	private final DropCounters dropped;

	private final Problems problems;

	private final Duration shutdownTimeout;

	DefaultTelemetrySdk(TelemetrySdkBuilder builder, ConsentGate gate, RecordingSessions sessions, RecordingPath path) {
		this.tool = builder.tool();
		this.gate = gate;
		this.sessions = sessions;
		this.context = new DefaultTelemetryContext(builder.sampler(), sessions, path);
		this.dropped = path.dropped();
		this.problems = builder.problems();
		this.shutdownTimeout = builder.shutdownTimeout();
	}

	@Override
	public TelemetryContext context() {
		return this.context;
	}

	@Override
	public TelemetryTracker tracker() {
		return this.context.tracker();
	}

	@Override
	public ConsentGate gate() {
		return this.gate;
	}

	@Override
	public TelemetryStatus status() {
		RecordingSession session = this.sessions.collecting();
		return new TelemetryStatus(this.tool, session != null, this.gate.decision(),
				(session != null) ? session.origin().machineId() : null,
				(session != null) ? session.origin().sessionId() : null, this.sessions.deliveryStatus(),
				this.dropped.snapshot(), this.problems.list());
	}

	@Override
	public boolean flush(Duration timeout) {
		RecordingSession session = this.sessions.collecting();
		return session == null || session.flush(timeout);
	}

	@Override
	public void discard() {
		RecordingSession session = this.sessions.collecting();
		if (session != null) {
			session.discard();
		}
	}

	@Override
	public void close() {
		this.sessions.stop(this.shutdownTimeout);
		this.gate.close();
	}

}
