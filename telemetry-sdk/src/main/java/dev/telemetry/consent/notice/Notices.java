package dev.telemetry.consent.notice;

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
	 * Return which notice today's would be if it were written in the first format. What
	 * is stored under a grant by configuration is identified by it, so that it remains
	 * valid after an upgrade.
	 * @return its hash, or {@code null} until it is known what would be collected
	 */
	default @Nullable String currentInFirstFormat() {
		return current();
	}

	/**
	 * Return whether a user who agreed to a notice has agreed to all of today's. Nothing
	 * is written; a notice whose text is missing or damaged covers nothing but itself.
	 * @param accepted the hash of the notice agreed to, or {@code null}
	 * @return whether that notice covers today's; {@code false} until there is one
	 */
	boolean covered(@Nullable String accepted);

	/**
	 * Store the text of today's notice, durably, so that a later one can be compared with
	 * it. Called before a grant is recorded.
	 * @throws IOException if it could not be stored
	 */
	void keep() throws IOException;

	/**
	 * Limit a grant to what today's notice says wherever the text it accepted left
	 * something open, because it was written in the first format. Called when such a
	 * grant is valid; its limit is stored durably and can only become narrower.
	 * @param accepted the hash of the notice agreed to, or {@code null}
	 * @return whether this call limits the grant to less than before
	 * @throws IOException if it could not be stored
	 */
	default boolean rebase(@Nullable String accepted) throws IOException {
		return false;
	}

}
