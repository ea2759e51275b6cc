package dev.telemetry.problem;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong and can be fixed: a setting, a file, a directory. Never holds
 * the value of a setting, which may be a secret.
 *
 * @param property the property or file concerned, for example
 * {@code telemetry.batch-size}
 * @param origin where it was set or found, for example
 * {@code environment TELEMETRY_BATCH_SIZE}
 * @param problem what is wrong, in one clause
 * @param action what to do about it, in one clause
 */
public record Problem(String property, @Nullable String origin, String problem, String action) {

	public Problem {
		Objects.requireNonNull(property, "'property' must not be null");
		Objects.requireNonNull(problem, "'problem' must not be null");
		Objects.requireNonNull(action, "'action' must not be null");
	}

	@Override
	public String toString() {
		return this.property + ((this.origin != null) ? " (" + this.origin + ")" : "") + ": " + this.problem + "; "
				+ this.action;
	}

}
