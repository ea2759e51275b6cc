package dev.telemetry.sdk;

import java.time.Duration;

import dev.telemetry.TelemetryContext;
import dev.telemetry.TelemetryTracker;
import dev.telemetry.consent.gate.ConsentGate;

/**
 * Everything behind {@link TelemetryContext}: consent, delivery, status and the end. For
 * the one who sets telemetry up and for what controls it; code that records takes the
 * {@link #context()}. Safe for use by several threads.
 */
public interface TelemetrySdk extends AutoCloseable {

	/**
	 * Start an SDK for a program without Spring.
	 * @return a builder
	 */
	static TelemetrySdkBuilder builder() {
		return new TelemetrySdkBuilder();
	}

	/**
	 * Return what records events.
	 * @return the context, always the same
	 */
	TelemetryContext context();

	/**
	 * Return what records declared events by name and version.
	 * @return the tracker, always the same
	 */
	TelemetryTracker tracker();

	/**
	 * Return the gate, by which consent is given and taken back.
	 * @return the gate
	 */
	ConsentGate gate();

	/**
	 * Return what is being done.
	 * @return a snapshot
	 */
	TelemetryStatus status();

	/**
	 * Wait until what was recorded so far has been delivered.
	 * @param timeout the longest to wait
	 * @return whether everything was delivered in time; {@code true} while consent is off
	 */
	boolean flush(Duration timeout);

	/**
	 * Throw away what waits in memory.
	 */
	void discard();

	/**
	 * Deliver what can be delivered within the shutdown timeout and stop. Records nothing
	 * about consent.
	 */
	@Override
	void close();

}
