package dev.telemetry.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * Remembers of the keys that were met lately whether they name a secret: an application
 * has a handful of keys and uses them again and again. Bounded; keys that fall on the
 * same place take turns. Safe for use by several threads: an entry is never changed, and
 * whoever does not see the latest one finds out anew.
 */
final class KnownKeys {

	private static final int SIZE = 256;

	private final @Nullable Entry[] entries = new Entry[SIZE];

	boolean isSecret(String key) {
		int place = key.hashCode() & (SIZE - 1);
		Entry entry = this.entries[place];
		if (entry == null || !entry.key().equals(key)) {
			entry = new Entry(key, SecretNames.isSecret(key, 0, key.length()));
			this.entries[place] = entry;
		}
		return entry.secret();
	}

	private record Entry(String key, boolean secret) {

	}

}
