package dev.telemetry.spec;

/**
 * How long the local log stores an event.
 *
 * @param days how many days, at least 1
 * @param policy what happens then
 */
public record EventRetention(int days, Policy policy) {

	public EventRetention {
		if (days < 1) {
			throw new IllegalArgumentException("'days' must be at least 1");
		}
	}

	public EventRetention stricter(EventRetention other) {
		if (this.policy != other.policy) {
			return (this.policy == Policy.DELETE) ? this : other;
		}
		return (this.days <= other.days) ? this : other;
	}

	/** What happens to an event that is too old. */
	public enum Policy {

		/** It is removed from this machine. */
		DELETE,

		/** It is moved to the archive beside the local log. */
		ARCHIVE

	}

}
