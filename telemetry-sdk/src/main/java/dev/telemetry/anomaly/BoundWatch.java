package dev.telemetry.anomaly;

/**
 * What one bound has said so far. Guarded by the lock of its {@link EventWatch}.
 */
final class BoundWatch {

	private boolean raised;

	private boolean spoken;

	private long lastNanos;

	/**
	 * Judge a value.
	 * @param outside whether it is outside of the bound
	 * @param cooldownNanos how long nothing more is said after something was raised
	 * @param now the monotonic clock
	 * @return whether there is something to say: it is outside and nothing was said
	 * lately, or inside again after something was raised
	 */
	boolean judge(boolean outside, long cooldownNanos, long now) {
		if (!outside) {
			boolean recovered = this.raised;
			this.raised = false;
			return recovered;
		}
		if (this.spoken && now - this.lastNanos < cooldownNanos) {
			return false;
		}
		this.raised = true;
		this.spoken = true;
		this.lastNanos = now;
		return true;
	}

}
