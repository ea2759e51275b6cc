package dev.telemetry.pipeline;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Redacts attribute keys and remembers some that needed nothing: an application uses few
 * keys, again and again.
 */
final class AttributeKeys {

	private static final int SIZE = 256;

	private static final int LONGEST = 64;

	/*
	 * Any thread may write any slot. A lost or late write costs one more look at a key;
	 * strings are immutable, so a slot never holds half of one.
	 */
	private final @Nullable String[] clean = new String[SIZE];

	private final Redactor redactor;

	AttributeKeys(Redactor redactor) {
		this.redactor = redactor;
	}

	/** What was clean need not be so once more names are known. */
	void forget() {
		Arrays.fill(this.clean, null);
	}

	/** Return whether a key stays what it is, and says nothing of its value. */
	boolean isPlain(String key) {
		return redact(key).equals(key) && this.redactor.saysNothing(key);
	}

	String redact(String key) {
		int slot = key.hashCode() & (SIZE - 1);
		if (key.equals(this.clean[slot])) {
			return key;
		}
		String redacted = this.redactor.redact(key);
		if (redacted.equals(key) && key.length() <= LONGEST) {
			this.clean[slot] = key;
		}
		return redacted;
	}

}
