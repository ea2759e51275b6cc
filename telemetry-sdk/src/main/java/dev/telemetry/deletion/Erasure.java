package dev.telemetry.deletion;

import java.io.IOException;
import java.util.Objects;

import dev.telemetry.Internal;

/**
 * Something at rest that a reset erases.
 *
 * @param name what it is, for people: {@code local log}
 * @param action erases it
 */
@Internal
public record Erasure(String name, Action action) {

	public Erasure {
		Objects.requireNonNull(name, "'name' must not be null");
		Objects.requireNonNull(action, "'action' must not be null");
	}

	/** Erases one thing. */
	@FunctionalInterface
	public interface Action {

		/**
		 * Erase it; nothing there is no error.
		 * @throws IOException if something remains
		 */
		void run() throws IOException;

	}

}
