package dev.telemetry.consent;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import dev.telemetry.consent.ConsentStore.Found;
import org.jspecify.annotations.Nullable;

/**
 * What a store that does not answer now said last. A no stands for as long as it takes;
 * anything else is good for {@value #LEASE_SECONDS} seconds.
 */
final class LastAnswer {

	static final int LEASE_SECONDS = 30;

	private static final long LEASE_NANOS = Duration.ofSeconds(LEASE_SECONDS).toNanos();

	private final AtomicLong drawn = new AtomicLong();

	private final AtomicReference<@Nullable Answer> last = new AtomicReference<>();

	/**
	 * Draw a number: before a question, and after a write. The answer with the highest
	 * one is the newest: one that was asked for before a write ended may not know of it.
	 */
	long draw() {
		return this.drawn.incrementAndGet();
	}

	/**
	 * Keep an answer, unless a newer one is there.
	 * @param number its number
	 * @param at when it was asked for
	 * @param found the answer
	 */
	void learn(long number, long at, Found found) {
		Answer next = new Answer(number, at, found);
		this.last.accumulateAndGet(next, (old, given) -> (old != null && old.number() > number) ? old : given);
	}

	/**
	 * Return what may still be relied on.
	 * @param now the time
	 * @param why why there is no answer now
	 * @return the last answer, or a fault
	 */
	Found orFault(long now, String why) {
		Answer answer = this.last.get();
		if (answer == null) {
			return Found.fault(why);
		}
		ConsentRecord record = answer.found().record();
		boolean no = record != null && !record.granted();
		return (no || now - answer.at() < LEASE_NANOS) ? answer.found() : Found.fault(why);
	}

	private record Answer(long number, long at, Found found) {

	}

}
