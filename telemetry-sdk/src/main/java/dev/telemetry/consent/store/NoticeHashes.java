package dev.telemetry.consent.store;

import org.jspecify.annotations.Nullable;

/**
 * Which notices a decision is about.
 *
 * @param current the hash of today's notice, or {@code null} while there is none
 * @param accepted the hash of the notice that a grant names, or {@code null} when there
 * is no grant or it names none
 */
public record NoticeHashes(@Nullable String current, @Nullable String accepted) {

	/** No notice at all. */
	public static final NoticeHashes NONE = new NoticeHashes(null, null);

}
