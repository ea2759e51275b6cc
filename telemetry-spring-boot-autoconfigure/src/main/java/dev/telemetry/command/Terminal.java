package dev.telemetry.command;

import org.jspecify.annotations.Nullable;

/** Where a person can be asked. */
interface Terminal {

	void print(String text);

	/** Return how many characters fit into a line. */
	default int columns() {
		return 80;
	}

	/** Return how many lines are seen at a time. */
	default int rows() {
		return 24;
	}

	/**
	 * Wait for a line.
	 * @return the line, or {@code null} when there will be none
	 */
	@Nullable String readLine();

}
