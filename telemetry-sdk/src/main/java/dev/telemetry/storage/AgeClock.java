package dev.telemetry.storage;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/**
 * A clock by which the age of files and events is told. It never shows an earlier time
 * than the one at which this library was built: nothing becomes young again because the
 * machine's clock has lost its time.
 */
public final class AgeClock implements InstantSource {

	private final InstantSource clock;

	private final Instant earliest;

	private AgeClock(InstantSource clock, Instant earliest) {
		this.clock = Objects.requireNonNull(clock, "'clock' must not be null");
		this.earliest = Objects.requireNonNull(earliest, "'earliest' must not be null");
	}

	/**
	 * Create a clock that is bounded by the time of this library's build.
	 * @param clock the clock it follows
	 * @return the clock
	 */
	public static AgeClock of(InstantSource clock) {
		return of(clock, LibraryBuild.time());
	}

	/**
	 * Create a clock that is bounded by a time.
	 * @param clock the clock it follows
	 * @param earliest the earliest time it shows
	 * @return the clock
	 */
	public static AgeClock of(InstantSource clock, Instant earliest) {
		return new AgeClock(clock, earliest);
	}

	@Override
	public Instant instant() {
		Instant now = this.clock.instant();
		return now.isBefore(this.earliest) ? this.earliest : now;
	}

	/**
	 * Return whether the clock it follows shows a time that cannot be.
	 * @return {@code true} before this library was built
	 */
	public boolean isWrong() {
		return this.clock.instant().isBefore(this.earliest);
	}

}
