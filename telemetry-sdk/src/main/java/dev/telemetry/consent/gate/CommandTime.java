package dev.telemetry.consent.gate;

import java.time.Duration;
import java.util.function.LongSupplier;

import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.ConsentStore.Moment;
import org.jspecify.annotations.Nullable;

/**
 * When a command was given, and how long it may still ask the store: it is answered
 * within two seconds, whatever the store does.
 */
final class CommandTime {

	/**
	 * For a look that no caller has requested, or that can be answered from the last one.
	 */
	static final Duration LOOK = Duration.ofSeconds(1);

	private static final Duration COMMAND = Duration.ofMillis(1500);

	/** Also for a command that had to wait for another one. */
	private static final Duration LEAST = Duration.ofMillis(200);

	private final LongSupplier nanoTime;

	private final long given;

	private final long givenToStore;

	/**
	 * Begin now.
	 * @param nanoTime the monotonic clock of the gate
	 * @param store has a clock of its own
	 */
	CommandTime(LongSupplier nanoTime, ConsentStore store) {
		this.nanoTime = nanoTime;
		this.given = nanoTime.getAsLong();
		this.givenToStore = store.nanoTime();
	}

	/** Return how long the command may ask the store from now on. */
	Duration left() {
		Duration left = COMMAND.minusNanos(this.nanoTime.getAsLong() - this.given);
		return (left.compareTo(LEAST) > 0) ? left : LEAST;
	}

	/**
	 * Return when the command was given.
	 * @param known the newest record that is known, or {@code null}
	 */
	Moment moment(@Nullable ConsentRecord known) {
		return new Moment((known != null) ? known.seq() : 0, this.givenToStore);
	}

}
