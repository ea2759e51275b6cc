package dev.telemetry.consent.gate;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How consent is judged.
 *
 * @param maxAge the age at which a recorded grant expires
 * @param trustPackaged whether a grant inside the application's own archive counts
 * @param detectTestEnvironment whether a test environment closes the gate
 * @param detectCi whether a build server closes the gate
 * @param notice the hash of the notice that a grant in configuration accepts, or
 * {@code null} for today's notice
 * @param requireNotice whether a grant must name the notice it accepts
 */
public record ConsentPolicy(Duration maxAge, boolean trustPackaged, boolean detectTestEnvironment, boolean detectCi,
		@Nullable String notice, boolean requireNotice) {

	/**
	 * 395 days, everything trusted that is meant to be, everything detected, a grant need
	 * not name the notice.
	 */
	public static final ConsentPolicy DEFAULTS = new ConsentPolicy(Duration.ofDays(395), true, true, true, null, false);

	public ConsentPolicy {
		Objects.requireNonNull(maxAge, "'maxAge' must not be null");
	}

}
