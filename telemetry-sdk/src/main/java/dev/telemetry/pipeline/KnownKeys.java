package dev.telemetry.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * Remembers of the keys that were met lately what they say of their values: an
 * application has a handful of keys and uses them again and again. Bounded; keys that
 * fall on the same place take turns. Safe for use by several threads: an entry is never
 * changed, and a thread that does not see the latest one computes it anew.
 */
final class KnownKeys {

	private static final int SIZE = 256;

	private final @Nullable Entry[] entries = new Entry[SIZE];

	/** Say whether any value of a key is a secret. */
	boolean isSecret(String key) {
		SecretName name = of(key);
		return name == SecretName.CERTAIN || name == SecretName.TOKEN;
	}

	SecretName of(String key) {
		int place = key.hashCode() & (SIZE - 1);
		Entry entry = this.entries[place];
		if (entry == null || !entry.key().equals(key)) {
			entry = new Entry(key, SecretNames.of(key));
			this.entries[place] = entry;
		}
		return entry.name();
	}

	private record Entry(String key, SecretName name) {

	}

}
