package dev.telemetry.event;

import org.jspecify.annotations.Nullable;

/** Normalises attribute values. STUB. */
final class AttributeValue {

	static final Object REFUSED = new Object();

	private AttributeValue() {
	}

	static @Nullable Object normalise(@Nullable Object value) {
		return value;
	}

}
