package dev.telemetry.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Declares an event: what it is called, what it is for, and which properties it may have.
 * Immutable. An application supplies definitions as beans or compiles them into an event
 * type.
 */
public final class EventDefinition {

	private final String name;

	private final @Nullable String type;

	private final @Nullable String purpose;

	private final double samplingRate;

	private final Map<String, PropertyDefinition> properties;

	private EventDefinition(Builder builder) {
		this.name = builder.name;
		this.type = builder.type;
		this.purpose = builder.purpose;
		this.samplingRate = builder.samplingRate;
		this.properties = Collections.unmodifiableMap(new LinkedHashMap<>(builder.properties));
	}

	/**
	 * Start a definition.
	 * @param name the event's name: lower case, dots between parts, underscores inside
	 * @return a builder
	 * @throws IllegalArgumentException if the name has another form
	 */
	public static Builder builder(String name) {
		return new Builder(name);
	}

	public String name() {
		return this.name;
	}

	/**
	 * Return the kind of event, for example {@code feature.used}.
	 * @return the type or {@code null}
	 */
	public @Nullable String type() {
		return this.type;
	}

	/**
	 * Return what the event is collected for.
	 * @return the purpose or {@code null}
	 */
	public @Nullable String purpose() {
		return this.purpose;
	}

	/**
	 * Return the share of such events that is kept.
	 * @return a number from 0 to 1
	 */
	public double samplingRate() {
		return this.samplingRate;
	}

	/**
	 * Return the declared properties in order.
	 * @return an unmodifiable map by name
	 */
	public Map<String, PropertyDefinition> properties() {
		return this.properties;
	}

	/**
	 * Unite two declarations of the same event.
	 * @param other the other declaration
	 * @return a definition with the properties of both
	 * @throws IllegalArgumentException if they contradict each other
	 */
	EventDefinition unite(EventDefinition other) {
		if (!Objects.equals(this.type, other.type) || !Objects.equals(this.purpose, other.purpose)
				|| this.samplingRate != other.samplingRate) {
			throw new IllegalArgumentException(
					"'" + this.name + "' must not be declared twice with different type, purpose or sampling rate");
		}
		Builder united = builder(this.name).type(this.type).purpose(this.purpose).samplingRate(this.samplingRate);
		this.properties.values().forEach(united::property);
		for (PropertyDefinition property : other.properties.values()) {
			PropertyDefinition known = this.properties.get(property.name());
			if (known == null) {
				united.property(property);
			}
			else if (known.type() != property.type() || known.privacy() != property.privacy()) {
				throw new IllegalArgumentException("'" + this.name + "' must not declare '" + property.name()
						+ "' with different types or privacy levels");
			}
		}
		return united.build();
	}

	@Override
	public String toString() {
		return "EventDefinition[" + this.name + "]";
	}

	/** Collects what a definition is made of. */
	public static final class Builder {

		private static final int MAX_NAME_LENGTH = 128;

		private final String name;

		private @Nullable String type;

		private @Nullable String purpose;

		private double samplingRate = 1;

		private final Map<String, PropertyDefinition> properties = new LinkedHashMap<>();

		private Builder(String name) {
			if (name.length() > MAX_NAME_LENGTH || !isName(name)) {
				throw new IllegalArgumentException(
						"'name' must be lower case with dots between its parts, such as 'order.placed': '" + name
								+ "'");
			}
			this.name = name;
		}

		private static boolean isName(String name) {
			boolean atStart = true;
			for (int i = 0; i < name.length(); i++) {
				char c = name.charAt(i);
				boolean letter = c >= 'a' && c <= 'z';
				boolean later = (c >= '0' && c <= '9') || c == '_' || c == '.';
				if (!letter && (atStart || !later)) {
					return false;
				}
				atStart = c == '.';
			}
			return !atStart;
		}

		public Builder type(@Nullable String type) {
			this.type = type;
			return this;
		}

		public Builder purpose(@Nullable String purpose) {
			this.purpose = purpose;
			return this;
		}

		public Builder samplingRate(double samplingRate) {
			if (!(samplingRate >= 0 && samplingRate <= 1)) {
				throw new IllegalArgumentException("'samplingRate' must be between 0 and 1");
			}
			this.samplingRate = samplingRate;
			return this;
		}

		/**
		 * Declare a property that is no one's personal data.
		 * @param name the key of the attribute
		 * @param type the type of its values
		 * @return this builder
		 */
		public Builder property(String name, PropertyType type) {
			return property(new PropertyDefinition(name, type, PrivacyLevel.INTERNAL, null));
		}

		/**
		 * Declare a property.
		 * @param property the property
		 * @return this builder
		 * @throws IllegalArgumentException if the event has a property of that name
		 */
		public Builder property(PropertyDefinition property) {
			if (this.properties.putIfAbsent(property.name(), property) != null) {
				throw new IllegalArgumentException(
						"'" + this.name + "' must not declare '" + property.name() + "' twice");
			}
			return this;
		}

		public EventDefinition build() {
			return new EventDefinition(this);
		}

	}

}
