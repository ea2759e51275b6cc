package dev.telemetry.benchmarks;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import dev.telemetry.delivery.Backoff;
import dev.telemetry.delivery.RetrySettings;

/**
 * When each installation comes back after an outage, by the waits of the real
 * {@link Backoff} on a virtual clock: no installation stands for others. The worst case
 * is assumed: each has something to send when the outage begins, and all at most five
 * seconds apart.
 */
final class FleetOutage {

	private static final int LONGEST = 180;

	/** The waits of {@link RetrySettings#DEFAULTS}, without jitter. */
	private static final RetrySettings PLANTED = new RetrySettings(RetrySettings.DEFAULTS.initial(),
			RetrySettings.DEFAULTS.max(), RetrySettings.DEFAULTS.multiplier(), 0);

	private FleetOutage() {
	}

	/** Return a row: when requests come, counted from the end of the outage. */
	static String run(int fleet, int minutes, long seed, boolean planted) {
		SplittableRandom random = new SplittableRandom(seed);
		RetrySettings settings = planted ? PLANTED : RetrySettings.DEFAULTS;
		long end = TimeUnit.MINUTES.toNanos(minutes);
		long batch = TimeUnit.SECONDS.toNanos(5);
		int[] requests = new int[LONGEST];
		for (int i = 0; i < fleet; i++) {
			Backoff backoff = new Backoff(settings, random);
			// The planted fleet began together, too: as after the start of a whole data
			// centre
			long now = planted ? 0 : random.nextLong(batch);
			while (now < end) {
				backoff.failed(now, null);
				now += backoff.remaining(now, false);
			}
			requests[(int) TimeUnit.NANOSECONDS.toSeconds(now - end)]++;
		}
		int last = 0;
		int busiest = 0;
		int early = 0;
		for (int second = 0; second < LONGEST; second++) {
			last = (requests[second] > 0) ? second : last;
			busiest = Math.max(busiest, requests[second]);
			early += (second < 10) ? requests[second] : 0;
		}
		return String.format(Locale.ROOT, "| %,d | %d min | %d s | %,d | %,.0f | %.0f %% |", fleet, minutes, last + 1,
				busiest, (double) fleet / (last + 1), 100.0 * early / fleet);
	}

}
