package dev.telemetry.autoconfigure;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.telemetry.anomaly.AnomalyListener;
import dev.telemetry.anomaly.AnomalySignal;
import dev.telemetry.spec.AnomalyAction;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells the application of anomalies as application events, on a thread of its own, which
 * exists only while there is something to tell: a listener that is slow slows nobody
 * down. When too much waits the newest is left out.
 */
final class AnomalyPublisher implements AnomalyListener, DisposableBean {

	private static final Log logger = LogFactory.getLog(AnomalyPublisher.class);

	private static final int MOST_WAITING = 64;

	private final ApplicationEventPublisher events;

	private final ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS,
			new ArrayBlockingQueue<>(MOST_WAITING), AnomalyPublisher::newThread,
			new ThreadPoolExecutor.DiscardPolicy());

	AnomalyPublisher(ApplicationEventPublisher events) {
		this.events = events;
		this.executor.allowCoreThreadTimeOut(true);
	}

	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "telemetry-anomaly");
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public void signal(AnomalySignal signal) {
		this.executor.execute(() -> publish(signal));
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
