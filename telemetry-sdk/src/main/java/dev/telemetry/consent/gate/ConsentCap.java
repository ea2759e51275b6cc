package dev.telemetry.consent.gate;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Why nothing may leave this machine, whatever was granted.
 *
 * @param reason the reason, for people
 * @param unusableInput whether an input that may hold a setting that protects cannot be
 * used: then events are also without the identifier of the installation and without where
 * they were recorded, and what is not declared is dropped
 */
public record ConsentCap(String reason, boolean unusableInput) {

	public ConsentCap {
		Objects.requireNonNull(reason, "'reason' must not be null");
	}

	/**
	 * Create a cap that follows from what is configured, or not.
	 * @param reason the reason, or {@code null} for none
	 * @return the cap, or {@code null}
	 */
	public static @Nullable ConsentCap of(@Nullable String reason) {
		return (reason != null) ? new ConsentCap(reason, false) : null;
	}

	/**
	 * Create a cap for an input that cannot be used.
	 * @param reason the reason
	 * @return the cap
	 */
	public static ConsentCap unusable(String reason) {
		return new ConsentCap(reason, true);
	}

	/**
	 * Return the one of two that protects more.
	 * @param first a cap, or {@code null}
	 * @param second another, or {@code null}
	 * @return the first one, unless only the second is for an input that cannot be used
	 */
	public static @Nullable ConsentCap stricter(@Nullable ConsentCap first, @Nullable ConsentCap second) {
		if (first == null || (second != null && second.unusableInput() && !first.unusableInput())) {
			return second;
		}
		return first;
	}

}
