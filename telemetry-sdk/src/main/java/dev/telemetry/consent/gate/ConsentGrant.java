package dev.telemetry.consent.gate;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Which grant something rests on.
 *
 * @param id 32 hex digits for a recorded grant, {@code sha256:} and 64 for a grant by
 * configuration
 * @param continues the id of the grant that this one took over, or {@code null}
 */
public record ConsentGrant(String id, @Nullable String continues) {

	public ConsentGrant {
		Objects.requireNonNull(id, "'id' must not be null");
	}

	/**
	 * Return whether what was accepted under a grant may be sent under this one.
	 * @param other the id of the other grant
	 * @return whether it is this one or the one that this one took over
	 */
	public boolean includes(String other) {
		return other.equals(this.id) || other.equals(this.continues);
	}

	/** Return whether it is a grant by configuration, which is not recorded. */
	boolean isConfigured() {
		return this.id.startsWith("sha256:");
	}

}
