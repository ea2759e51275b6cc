package dev.telemetry.cli;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often in a row a destination accepted nothing. An application retries for as
 * long as it runs; a user who waits for a command does not.
 */
final class CountedAttempts implements TelemetrySink {

	private static final int MAX_ATTEMPTS = 5;

	private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

	private final TelemetrySink sink;

	private int failures;

	private @Nullable TelemetryException last;

	CountedAttempts(TelemetrySink sink) {
		this.sink = sink;
	}

	/** Return why it is not worth to go on, or {@code null}. */
	@Nullable String exhausted() {
		TelemetryException failure = this.last;
		if (failure == null) {
			return null;
		}
		Duration wait = failure.retryAfter();
		if (wait != null && wait.compareTo(LONGEST_WAIT) > 0) {
			return failure.getMessage() + " and asks to be left alone for " + wait.toMinutes() + " minutes";
		}
		return (this.failures >= MAX_ATTEMPTS) ? failure.getMessage() + ", " + this.failures + " times in a row" : null;
	}

	@Override
	public void emit(Event event) throws TelemetryException {
		emitAll(List.of(event));
	}

	@Override
	public void emitAll(List<Event> events) throws TelemetryException {
		emitAll(events, () -> true);
	}

	@Override
	public void emitAll(List<Event> events, BooleanSupplier goOn) throws TelemetryException {
		try {
			this.sink.emitAll(events, goOn);
			taken();
		}
		catch (TelemetryException ex) {
			if (ex.settled() > 0 || !ex.retryable()) {
				taken();
			}
			else {
				this.failures++;
				this.last = ex;
			}
			throw ex;
		}
	}

	private void taken() {
		this.failures = 0;
		this.last = null;
	}

	@Override
	public boolean probe() throws TelemetryException {
		return this.sink.probe();
	}

	@Override
	public void abort() {
		this.sink.abort();
	}

	@Override
	public void close() {
		this.sink.close();
	}

}
