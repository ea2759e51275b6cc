package dev.telemetry.sink;

import java.time.Duration;
import java.util.Objects;

/**
 * How much a local log may store. A file is rotated when it would grow beyond its size,
 * or when its first event is older than its share of the age; a rotated file is erased
 * when there are too many, or when its first event may be older than the age.
 *
 * @param maxSize the most bytes in one file, above 0; a longer batch is split, a longer
 * event is stored whole
 * @param maxHistory how many rotated files are stored beside the current one, 0 or more
 * @param maxAge how long an event may be stored, above 0
 */
public record LogRotation(long maxSize, int maxHistory, Duration maxAge) {

	/** 10 MB, 5 rotated files, 30 days. */
	public static final LogRotation DEFAULT = new LogRotation(10L * 1024 * 1024, 5, Duration.ofDays(30));

	public LogRotation {
		Objects.requireNonNull(maxAge, "'maxAge' must not be null");
		if (maxSize <= 0) {
			throw new IllegalArgumentException("'maxSize' must be above 0");
		}
		if (maxHistory < 0) {
			throw new IllegalArgumentException("'maxHistory' must not be negative");
		}
		if (maxAge.isNegative() || maxAge.isZero()) {
			throw new IllegalArgumentException("'maxAge' must be above 0");
		}
	}

	/**
	 * Return the longest time that one file may cover. All files together cover the age,
	 * so that erasing whole files is exact enough.
	 * @return the time between the first and the last event of a file
	 */
	public Duration span() {
		return this.maxAge.dividedBy(this.maxHistory + 1L);
	}

	/**
	 * Return how long after its last event a rotated file goes, so that its first is not
	 * older than the age.
	 * @return the time to store a rotated file
	 */
	Duration keep() {
		return this.maxAge.minus(span());
	}

	/**
	 * Return how old an event becomes at least before its file goes for its age: what is
	 * to be archived is taken out by then.
	 * @return an age
	 */
	public Duration certain() {
		return (this.maxHistory > 0) ? keep() : this.maxAge;
	}

}
