package dev.telemetry.sink;

import java.util.Objects;

import dev.telemetry.event.EventOrigin;

/**
 * The consent session a sink is made for.
 *
 * @param origin what all events of the session have in common
 * @param optInSource how consent was given: {@code env}, {@code config}, {@code file},
 * {@code actuator} or {@code command}
 */
public record SinkSession(EventOrigin origin, String optInSource) {

	public SinkSession {
		Objects.requireNonNull(origin, "'origin' must not be null");
		Objects.requireNonNull(optInSource, "'optInSource' must not be null");
	}

}
