package dev.telemetry.consent;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How consent is judged.
 *
 * @param maxAge the age at which a recorded yes expires
 * @param trustPackaged whether a yes inside the application's own archive counts
 * @param detectTestEnvironment whether a test environment closes the gate
 * @param detectCi whether a build server closes the gate
 * @param notice the hash of the notice that a yes in configuration agrees to, or
 * {@code null} for whatever is today's
 * @param requireNotice whether a yes must name the notice it agrees to
 */
public record ConsentPolicy(Duration maxAge, boolean trustPackaged, boolean detectTestEnvironment, boolean detectCi,
		@Nullable String notice, boolean requireNotice) {

	/**
	 * 395 days, everything trusted that is meant to be, everything detected, a yes may
	 * leave the notice unnamed.
	 */
	public static final ConsentPolicy DEFAULTS = new ConsentPolicy(Duration.ofDays(395), true, true, true, null, false);

	public ConsentPolicy {
		Objects.requireNonNull(maxAge, "'maxAge' must not be null");
	}

}
