package dev.telemetry.autoconfigure;

import java.time.Duration;

import dev.telemetry.consent.gate.ConsentListener;
import dev.telemetry.consent.gate.ConsentPoller;
import dev.telemetry.deletion.DeletionRequests;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.problem.ThreadShortage;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;

/**
 * Opens the gate when all singletons exist, before the web server takes requests, and
 * delivers what is left when the application has stopped: when its beans are destroyed,
 * the executors among them that await their tasks. May be started and stopped again and
 * again, as Spring does with cached test contexts and checkpoints; then what is left is
 * delivered at each stop, after that of the executors.
 */
final class TelemetryLifecycle
		implements SmartLifecycle, ApplicationListener<ContextClosedEvent>, DisposableBean, ConsentListener {

	/**
	 * Starts before, and stops after, the web server with its graceful shutdown and
	 * Spring's executors.
	 */
	static final int PHASE = ExecutorConfigurationSupport.DEFAULT_PHASE - 4096;

	/** The name of the bean. */
	static final String NAME = "telemetryLifecycle";

	private static final String THREAD = "thread telemetry-consent";

	private final TelemetrySdk sdk;

	private final TelemetrySettings settings;

	private final NoticePublisher notices;

	private final Problems problems;

	private final DeletionRequests deletion;

	private final @Nullable ConsentPoller poller;

	private volatile boolean running;

	/** The application stops for good. */
	private volatile boolean closing;

	TelemetryLifecycle(TelemetrySdk sdk, TelemetrySettings settings, NoticePublisher notices, Problems problems,
			DeletionRequests deletion, @Nullable ConsentPoller poller) {
		this.sdk = sdk;
		this.settings = settings;
		this.notices = notices;
		this.problems = problems;
		this.deletion = deletion;
		this.poller = poller;
	}

	@Override
	public void start() {
		this.running = true;
		try {
			open();
		}
		catch (RuntimeException | LinkageError | OutOfMemoryError ex) {
			// Such as of a bean of the application that says something about consent
			this.problems.report(new Problem("telemetry", null,
					"it cannot be started, so nothing is collected: " + ex.getClass().getName(),
					"see what the application's beans for telemetry do"));
		}
	}

	/** Have again what a missing thread has kept from its work. */
	@Override
	public void retry() {
		if (this.running && !this.closing) {
			this.deletion.retry();
			tell(this.poller == null || this.poller.retry());
		}
	}

	private void tell(boolean polling) {
		if (polling) {
			this.problems.resolved(THREAD);
		}
		else {
			this.problems.report(new Problem(THREAD, null,
					"what other replicas decide is seen only when something is sent: " + ThreadShortage.PROBLEM,
					ThreadShortage.ACTION + ", then ask for status"));
		}
	}

	private void defer(@Nullable Problem problem) {
		if (problem != null) {
			this.problems.defer(problem);
		}
	}

	private void open() {
		Home home = this.settings.home();
		defer((home != null) ? home.check() : null);
		this.notices.publish();
		if (this.poller != null) {
			this.poller.prepare();
		}
		if (this.sdk.gate().start().hasRecord()) {
			defer((home != null) ? home.checkOwners() : null);
			// Only a reset leaves anything there, and it records a denial as well
			this.deletion.start();
		}
		if (this.poller != null) {
			tell(this.poller.start());
		}
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		// A child publishes its events to its parents as well
		if (event.getApplicationContext() instanceof ConfigurableApplicationContext closed
				&& closed.getBeanFactory().containsLocalBean(NAME)) {
			this.closing = true;
			new DestructionOrder(closed.getBeanFactory()).putLast(NAME);
		}
	}

	@Override
	public void stop() {
		this.running = false;
		if (this.closing) {
			// Does not wait: what there is leaves while the rest of the application stops
			this.sdk.flush(Duration.ZERO);
		}
		else {
			end();
		}
	}

	@Override
	public void destroy() {
		end();
	}

	private void end() {
		if (this.poller != null) {
			this.poller.stop();
		}
		this.deletion.stop();
		this.sdk.close();
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
