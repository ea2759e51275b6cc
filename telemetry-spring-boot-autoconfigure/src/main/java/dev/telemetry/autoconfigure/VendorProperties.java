package dev.telemetry.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * The properties of a sink for a vendor: an address and a key, and neither without the
 * other is of any use.
 */
interface VendorProperties {

	/** Return where the vendor is. */
	Part address();

	/** Return the key it has issued. */
	Part key();

	/**
	 * One half of what a vendor's sink needs.
	 *
	 * @param name the last part of the name of its property
	 * @param value its value, or {@code null}
	 */
	record Part(String name, @Nullable String value) {

		/** Return the name only. */
		@Override
		public String toString() {
			return this.name;
		}

	}

}
