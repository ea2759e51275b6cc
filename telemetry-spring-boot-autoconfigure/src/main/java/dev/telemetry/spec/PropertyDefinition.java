package dev.telemetry.spec;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A declared property of an event.
 *
 * @param name the key of the attribute
 * @param type the type of its values
 * @param privacy how personal its values are
 * @param description what it means, or {@code null}
 */
public record PropertyDefinition(String name, PropertyType type, PrivacyLevel privacy, @Nullable String description) {

	public PropertyDefinition {
		if (name.isBlank()) {
			throw new IllegalArgumentException("'name' must not be blank");
		}
		Objects.requireNonNull(type, "'type' must not be null");
		Objects.requireNonNull(privacy, "'privacy' must not be null");
	}

	/**
	 * Return whether values may be kept as they are.
	 * @return {@code false} for personal and sensitive values
	 */
	public boolean keptInClear() {
		return this.privacy.compareTo(PrivacyLevel.PII) < 0;
	}

}
