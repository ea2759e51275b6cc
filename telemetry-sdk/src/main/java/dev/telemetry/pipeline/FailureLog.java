package dev.telemetry.pipeline;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells once for each class of processors and observers that it failed. Names classes
 * only: a message could hold what the event holds. Safe for use by several threads.
 */
final class FailureLog {

	private static final Log logger = LogFactory.getLog(EventPipeline.class);

	private final Set<Class<?>> reported = ConcurrentHashMap.newKeySet();

	void report(Object failed, Throwable failure) {
		if (this.reported.add(failed.getClass())) {
			logger.warn(failed.getClass().getName() + " failed with " + failure.getClass().getName()
					+ " and is skipped for the event; later failures are not reported");
		}
	}

}
