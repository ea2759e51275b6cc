package dev.telemetry;

import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Where exceptions of the recording side end, errors of the virtual machine included: an
 * application must never fail because it is being observed. The first one is logged as a
 * warning, later ones at debug level.
 */
final class RecordingFailures {

	private static final Log logger = LogFactory.getLog(RecordingFailures.class);

	private final AtomicBoolean warned = new AtomicBoolean();

	void report(Throwable failure) {
		try {
			String message = "An event was lost: recording failed with " + failure.getClass().getName();
			if (this.warned.compareAndSet(false, true)) {
				logger.warn(message + " (later failures are logged at debug level)");
			}
			logger.debug(message, failure);
		}
		catch (Throwable ex) {
			// Logging failed as well, perhaps for want of memory: nobody is left to tell
		}
	}

}
