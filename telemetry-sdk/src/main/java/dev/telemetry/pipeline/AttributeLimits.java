package dev.telemetry.pipeline;

import dev.telemetry.event.AttributeList;
import dev.telemetry.event.DropReason;

/**
 * How many attributes an event may have and how long their texts may be. Attributes that
 * were set last are dropped first, but never those the system sets.
 */
final class AttributeLimits {

	private final int maxAttributes;

	private final int maxLength;

	private final DropCounters drops;

	AttributeLimits(int maxAttributes, int maxLength, DropCounters drops) {
		if (maxAttributes < 0) {
			throw new IllegalArgumentException("'maxAttributes' must not be negative");
		}
		if (maxLength < 1) {
			throw new IllegalArgumentException("'maxLength' must be at least 1");
		}
		this.maxAttributes = maxAttributes;
		this.maxLength = maxLength;
		this.drops = drops;
	}

	/**
	 * Drop what is too much.
	 * @param attributes the attributes, changed in place
	 */
	void limitCount(AttributeList attributes) {
		this.drops.add(DropReason.OVERFLOW, attributes.limit(this.maxAttributes));
	}

	/**
	 * Cut what is too long.
	 * @param attributes the attributes, changed in place
	 */
	void limitLength(AttributeList attributes) {
		this.drops.add(DropReason.OVERFLOW, attributes.cut(this.maxLength));
	}

}
