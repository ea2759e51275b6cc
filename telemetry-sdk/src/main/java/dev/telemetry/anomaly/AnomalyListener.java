package dev.telemetry.anomaly;

/**
 * Told of anomalies, once for each action that was declared. Runs on the thread that
 * records, so it must be quick and must not block; what it throws goes no further.
 */
@FunctionalInterface
public interface AnomalyListener {

	/**
	 * Take a signal. When a value is as it should be again, only
	 * {@link dev.telemetry.spec.AnomalyAction#ALERT} and
	 * {@link dev.telemetry.spec.AnomalyAction#LOG} are signalled.
	 * @param signal what is asked for
	 */
	void signal(AnomalySignal signal);

}
