package dev.telemetry.spec;

import java.util.Locale;
import java.util.Map;

/**
 * A destination that a spec names for its events. Its address and credentials are
 * configuration, never part of a spec.
 *
 * @param type {@code opentelemetry}, {@code posthog}, {@code segment}, or the name of
 * another sink, for example {@code internal} for a bean of that name
 * @param config what the spec states about it
 */
public record SpecProvider(String type, Map<String, String> config) {

	public SpecProvider {
		if (type.isBlank()) {
			throw new IllegalArgumentException("'type' must not be blank");
		}
		config = Map.copyOf(config);
	}

	/**
	 * Return the name of the sink it refers to.
	 * @return {@code otlp} for {@code opentelemetry}, else the type in lower case
	 */
	public String sink() {
		String name = this.type.strip().toLowerCase(Locale.ROOT);
		return name.equals("opentelemetry") ? "otlp" : name;
	}

}
