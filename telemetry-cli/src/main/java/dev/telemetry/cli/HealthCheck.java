package dev.telemetry.cli;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param part what was looked at
 * @param text what was found, without anything that may be a secret
 * @param action how to fix it, or {@code null} when nothing is wrong
 */
record HealthCheck(String part, String text, @Nullable String action) {

	static HealthCheck fine(String part, String text) {
		return new HealthCheck(part, text, null);
	}

}
