package dev.telemetry.spec;

import java.util.Locale;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

/**
 * A property that the system measures itself when it records a call or a timed action.
 */
@Internal
public enum MeasuredProperty {

	/** How long it took. */
	DURATION_MS(PropertyType.NUMBER, "Duration in milliseconds"),

	/** Whether it succeeded. */
	SUCCESS(PropertyType.BOOLEAN, "Whether it succeeded"),

	/** How it ended. */
	OUTCOME(PropertyType.STRING, "How it ended: ok, error or cancelled"),

	/** Why it failed. */
	ERROR(PropertyType.STRING, "Simple class name of the exception, never its message");

	private final PropertyType type;

	private final String description;

	MeasuredProperty(PropertyType type, String description) {
		this.type = type;
		this.description = description;
	}

	/**
	 * Return the key of the attribute.
	 * @return the key, for example {@code duration_ms}
	 */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	public PropertyType type() {
		return this.type;
	}

	public String description() {
		return this.description;
	}

	/**
	 * Start a definition of this property, with its description.
	 * @return a builder
	 */
	public PropertyDefinition.Builder definition() {
		return PropertyDefinition.builder(key(), this.type).description(this.description);
	}

	/**
	 * Find the measured property that is described. An attribute of a caller that has the
	 * same key is another one.
	 * @param key the key of the attribute
	 * @param description its description, or {@code null}
	 * @return the measured property, or {@code null}
	 */
	public static @Nullable MeasuredProperty find(String key, @Nullable String description) {
		for (MeasuredProperty property : values()) {
			if (property.key().equals(key) && property.description.equals(description)) {
				return property;
			}
		}
		return null;
	}

}
