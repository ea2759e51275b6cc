package dev.telemetry.sent;

import java.util.Objects;

/**
 * Remembers the requests of one destination.
 *
 * @param log remembers them
 * @param destination the name of the destination
 */
public record SentRecorder(SentLog log, String destination) {

	/** Remembers nothing. */
	public static final SentRecorder NONE = new SentRecorder(SentLog.OFF, "none");

	public SentRecorder {
		Objects.requireNonNull(log, "'log' must not be null");
		Objects.requireNonNull(destination, "'destination' must not be null");
	}

}
