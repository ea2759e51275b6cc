package dev.telemetry.consent;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * What the gate asks about notices. Safe for use by several threads.
 */
public interface Notices {

	/**
	 * Return which notice is today's.
	 * @return its hash, or {@code null} until it is known what would be collected
	 */
	@Nullable String current();

	/**
	 * Return whether who agreed to a notice has agreed to all of today's. Nothing is
	 * written; a notice whose text is missing or damaged covers nothing but itself.
	 * @param accepted the hash of the notice agreed to, or {@code null}
	 * @return whether that notice covers today's; {@code false} until there is one
	 */
	boolean covered(@Nullable String accepted);

	/**
	 * Keep the text of today's notice, durably, so that a later one can be compared with
	 * it. Called before a yes is recorded.
	 * @throws IOException if it could not be kept
	 */
	void keep() throws IOException;

}
