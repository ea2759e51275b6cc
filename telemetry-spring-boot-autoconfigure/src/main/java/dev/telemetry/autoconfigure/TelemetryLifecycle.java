package dev.telemetry.autoconfigure;

import dev.telemetry.TelemetryContext;
import dev.telemetry.consent.ConsentPoller;
import dev.telemetry.deletion.DeletionRequests;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Opens the gate when all singletons exist, before the web server takes requests, and
 * delivers what is left after it has stopped. May be started and stopped again and again,
 * as Spring does with cached test contexts and checkpoints.
 */
final class TelemetryLifecycle implements SmartLifecycle {

	/** Starts before, and stops after, the web server and its graceful shutdown. */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

	private final TelemetryContext context;

	private final TelemetrySettings settings;

	private final NoticePublisher notices;

	private final Problems problems;

	private final DeletionRequests deletion;

	private final @Nullable ConsentPoller poller;

	private volatile boolean running;

	TelemetryLifecycle(TelemetryContext context, TelemetrySettings settings, NoticePublisher notices, Problems problems,
			DeletionRequests deletion, @Nullable ConsentPoller poller) {
		this.context = context;
		this.settings = settings;
		this.notices = notices;
		this.problems = problems;
		this.deletion = deletion;
		this.poller = poller;
	}

	@Override
	public void start() {
		Home home = this.settings.home();
		Problem problem = (home != null) ? home.check() : null;
		if (problem != null) {
			this.problems.report(problem);
		}
		this.notices.publish();
		if (this.context.gate().refresh().hasRecord()) {
			// Only a reset leaves anything there, and it leaves a no as well
			this.deletion.start();
		}
		if (this.poller != null) {
			this.poller.start();
		}
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		if (this.poller != null) {
			this.poller.stop();
		}
		this.deletion.stop();
		this.context.close();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
