package dev.telemetry.consent.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import dev.telemetry.consent.store.ConsentStore.Found;
import org.jspecify.annotations.Nullable;

/**
 * The last answer of a store that does not answer now. A denial applies without a time
 * limit; anything else applies for {@value #LEASE_SECONDS} seconds.
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
	 * @param outage why there is no answer now
	 * @return the last answer, or a fault
	 */
	Found orFault(long now, DatabaseOutage outage) {
		Answer answer = this.last.get();
		String away = outage.toString();
		if (answer != null) {
			Found found = answer.found();
			ConsentRecord record = found.record();
			boolean denied = record != null && !record.granted();
			if (denied || now - answer.at() < LEASE_NANOS) {
				return new Found(record, found.fault(), found.action(), away);
			}
		}
		return new Found(null, outage.problem(), outage.action(), away);
	}

	private record Answer(long number, long at, Found found) {

	}

}
