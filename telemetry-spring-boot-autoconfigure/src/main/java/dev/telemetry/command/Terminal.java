package dev.telemetry.command;

import org.jspecify.annotations.Nullable;

/** Where a person can be asked. */
interface Terminal {

	void print(String text);

	/**
	 * Wait for a line.
	 * @return the line, or {@code null} when there will be none
	 */
	@Nullable String readLine();

}
