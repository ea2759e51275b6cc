package dev.telemetry.delivery;

import java.time.InstantSource;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import dev.telemetry.Internal;

/**
 * What lanes take from the world.
 *
 * @param clock the wall clock, for what people read
 * @param nanoTime the monotonic clock in nanoseconds, for every wait
 * @param random spreads retries over time
 * @param threads makes the threads of a lane, which names them and makes them daemons
 */
@Internal
public record DeliveryRuntime(InstantSource clock, LongSupplier nanoTime, RandomGenerator random,
		ThreadFactory threads) {

	public DeliveryRuntime {
		Objects.requireNonNull(clock, "'clock' must not be null");
		Objects.requireNonNull(nanoTime, "'nanoTime' must not be null");
		Objects.requireNonNull(random, "'random' must not be null");
		Objects.requireNonNull(threads, "'threads' must not be null");
	}

	/**
	 * Return the system's clocks, and threads that inherit nothing from the one that
	 * happens to open a session.
	 * @return the runtime
	 */
	public static DeliveryRuntime system() {
		return new DeliveryRuntime(InstantSource.system(), System::nanoTime, new SplittableRandom(), (task) -> {
			Thread thread = new Thread(null, task, "telemetry", 0, false);
			thread.setContextClassLoader(DeliveryRuntime.class.getClassLoader());
			return thread;
		});
	}

}
