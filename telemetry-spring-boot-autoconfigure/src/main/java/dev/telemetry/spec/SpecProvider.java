package dev.telemetry.spec;

import java.util.Map;

/**
 * A receiver that a spec wants its events to go to. Where it is and how to log in there
 * is configuration, never part of a spec.
 *
 * @param type {@code opentelemetry}, {@code posthog}, {@code segment} or {@code internal}
 * @param config what the spec says about it
 */
public record SpecProvider(String type, Map<String, String> config) {

	public SpecProvider {
		if (type.isBlank()) {
			throw new IllegalArgumentException("'type' must not be blank");
		}
		config = Map.copyOf(config);
	}

}
