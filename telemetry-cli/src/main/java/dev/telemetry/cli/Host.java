package dev.telemetry.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

import dev.telemetry.storage.LibraryBuild;
import org.jspecify.annotations.Nullable;

/**
 * The machine and the process that a command runs in.
 *
 * @param directory where relative names begin
 * @param variables the variables of the environment
 * @param properties gives a system property
 * @param clock the wall clock
 * @param built when the library was built: before that the clock is wrong
 * @param nanoTime the monotonic clock in nanoseconds
 * @param pause lets a moment pass
 */
record Host(Path directory, Map<String, String> variables, UnaryOperator<@Nullable String> properties, Clock clock,
		Instant built, LongSupplier nanoTime, Runnable pause) {

	private static final long MOMENT = Duration.ofMillis(50).toNanos();

	static Host system() {
		return new Host(Path.of(""), System.getenv(), System::getProperty, Clock.systemUTC(), LibraryBuild.time(),
				System::nanoTime, () -> LockSupport.parkNanos(MOMENT));
	}

}
