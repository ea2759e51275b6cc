package dev.telemetry.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;

import dev.telemetry.delivery.Backoff;
import dev.telemetry.delivery.DeliverySettings;
import dev.telemetry.delivery.RetrySettings;

/**
 * A day of installations, each on a virtual clock of its own. The load is an assumption:
 * four uses a day in the nine hours of an office day, of twenty events each that follow
 * each other after half a minute on average. A batch leaves when its first event is as
 * old as {@link DeliverySettings#DEFAULTS} say; of a thousand answers one is lost, and
 * the batch is sent again after the wait of the real {@link Backoff}.
 */
final class FleetDay {

	private static final int USES = 4;

	private static final int EVENTS = 20;

	private static final double PAUSE = 30;

	private static final double LOST = 0.001;

	private static final double OFFICE = TimeUnit.HOURS.toSeconds(9);

	private static final double BATCH = DeliverySettings.DEFAULTS.batchTimeout().toSeconds();

	private final long seed;

	FleetDay(long seed) {
		this.seed = seed;
	}

	/** Return what comes of so many installations. */
	Totals run(int installations, IntToDoubleFunction bytes) {
		Counting counting = new Counting(bytes);
		simulate(installations, counting);
		return counting.totals();
	}

	/**
	 * Return the bytes of a run in which each request is encoded and read by a server.
	 */
	double bytesWhenEachRequestIsMade(int installations, FleetWire wire) throws Exception {
		Counting counting = new Counting((events) -> 0);
		simulate(installations, counting);
		double bytes = 0;
		for (int events = 1; events < counting.bySize.length; events++) {
			for (long i = 0; i < counting.bySize[events]; i++) {
				bytes += wire.request(events, true);
			}
		}
		return bytes;
	}

	private void simulate(int installations, Counting counting) {
		SplittableRandom random = new SplittableRandom(this.seed);
		double[] times = new double[USES * EVENTS];
		for (int installation = 0; installation < installations; installation++) {
			for (int use = 0; use < USES; use++) {
				double now = random.nextDouble() * OFFICE;
				for (int i = 0; i < EVENTS; i++) {
					times[use * EVENTS + i] = now;
					now -= PAUSE * Math.log(1 - random.nextDouble());
				}
			}
			Arrays.sort(times);
			batches(times, random, counting);
		}
	}

	private static void batches(double[] times, SplittableRandom random, Counting counting) {
		int first = 0;
		double free = 0;
		Backoff backoff = new Backoff(RetrySettings.DEFAULTS, random);
		while (first < times.length) {
			// What comes while a batch is held up goes with the next one
			double due = Math.max(times[first] + BATCH, free);
			int next = first;
			while (next < times.length && times[next] <= due) {
				next++;
			}
			counting.request(due, next - first, false);
			while (random.nextDouble() < LOST) {
				long now = (long) (due * 1e9);
				backoff.failed(now, null);
				due += backoff.remaining(now, false) / 1e9;
				counting.request(due, next - first, true);
			}
			backoff.succeeded();
			free = due;
			first = next;
		}
	}

	/**
	 * What arrived.
	 *
	 * @param events how many events, each once
	 * @param requests how many requests
	 * @param repeated how many events arrived once more
	 * @param bytes of how many bytes
	 * @param busiest how many requests in the busiest second
	 * @param busiestMinute how many a second in the busiest minute
	 */
	record Totals(long events, long requests, long repeated, double bytes, int busiest, double busiestMinute) {

	}

	/** Counts requests. */
	private static final class Counting {

		private final IntToDoubleFunction size;

		private final int[] seconds = new int[(int) TimeUnit.DAYS.toSeconds(2)];

		private final long[] bySize = new long[USES * EVENTS + 1];

		private long events;

		private long requests;

		private long repeated;

		private double bytes;

		Counting(IntToDoubleFunction size) {
			this.size = size;
		}

		void request(double time, int batch, boolean again) {
			this.requests++;
			this.bytes += this.size.applyAsDouble(batch);
			this.bySize[batch]++;
			this.seconds[(int) time]++;
			this.events += again ? 0 : batch;
			this.repeated += again ? batch : 0;
		}

		Totals totals() {
			int busiest = Arrays.stream(this.seconds).max().orElse(0);
			double busiestMinute = 0;
			for (int minute = 0; minute < this.seconds.length / 60; minute++) {
				double sum = Arrays.stream(this.seconds, minute * 60, minute * 60 + 60).sum();
				busiestMinute = Math.max(busiestMinute, sum / 60);
			}
			return new Totals(this.events, this.requests, this.repeated, this.bytes, busiest, busiestMinute);
		}

	}

}
