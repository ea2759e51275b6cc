package dev.telemetry.spec;

import java.util.Locale;
import java.util.Map;

/**
 * A receiver that a spec wants its events to go to. Where it is and how to log in there
 * is configuration, never part of a spec.
 *
 * @param type {@code opentelemetry}, {@code posthog}, {@code segment}, or the name of
 * another sink, for example {@code internal} for a bean of that name
 * @param config what the spec says about it
 */
public record SpecProvider(String type, Map<String, String> config) {

	public SpecProvider {
		if (type.isBlank()) {
			throw new IllegalArgumentException("'type' must not be blank");
		}
		config = Map.copyOf(config);
	}

	/**
	 * Return the name of the sink it stands for.
	 * @return {@code otlp} for {@code opentelemetry}, else the type in lower case
	 */
	public String sink() {
		String name = this.type.strip().toLowerCase(Locale.ROOT);
		return name.equals("opentelemetry") ? "otlp" : name;
	}

}
