package dev.telemetry.autoconfigure;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.telemetry.anomaly.AnomalyListener;
import dev.telemetry.anomaly.AnomalySignal;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.problem.ThreadShortage;
import dev.telemetry.spec.AnomalyAction;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes anomalies as application events, on a thread of its own, which exists only
 * while there is something to publish: a slow listener does not delay any caller. When
 * too many wait, the newest is dropped.
 */
final class AnomalyPublisher implements AnomalyListener, DisposableBean {

	private static final Log logger = LogFactory.getLog(AnomalyPublisher.class);

	private static final String THREAD = "thread telemetry-anomaly";

	private static final int MOST_WAITING = 64;

	private final ApplicationEventPublisher events;

	private final Problems problems;

	private final ThreadPoolExecutor executor;

	AnomalyPublisher(ApplicationEventPublisher events, Problems problems) {
		this(events, problems, AnomalyPublisher::newThread);
	}

	AnomalyPublisher(ApplicationEventPublisher events, Problems problems, ThreadFactory threads) {
		this.events = events;
		this.problems = problems;
		this.executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING),
				threads, new ThreadPoolExecutor.DiscardPolicy());
		this.executor.allowCoreThreadTimeOut(true);
	}

	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "telemetry-anomaly");
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public void signal(AnomalySignal signal) {
		try {
			this.executor.execute(() -> publish(signal));
			this.problems.resolved(THREAD);
		}
		catch (OutOfMemoryError ex) {
			this.problems.report(new Problem(THREAD, null, "an anomaly was not told: " + ThreadShortage.PROBLEM,
					ThreadShortage.ACTION));
		}
	}

	private void publish(AnomalySignal signal) {
		if (signal.action() == AnomalyAction.LOG) {
			logger.warn("Telemetry: " + signal.anomaly());
		}
		try {
			this.events.publishEvent(signal);
		}
		catch (RuntimeException ex) {
			logger.warn("Telemetry: a listener of anomalies failed (" + ex.getClass().getName() + ")");
		}
	}

	@Override
	public void destroy() {
		this.executor.shutdownNow();
	}

}
