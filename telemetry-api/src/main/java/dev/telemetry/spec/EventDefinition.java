package dev.telemetry.spec;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Declares an event: what it is called, what it is for, and which properties it may have.
 * Immutable. An application supplies definitions as beans, in a {@link TelemetrySpec}, or
 * compiles them into an event type.
 */
public final class EventDefinition {

	private final String name;

	private final SemanticVersion version;

	private final @Nullable String type;

	private final @Nullable EventSemantics semantics;

	private final @Nullable String purpose;

	private final PrivacyLevel privacy;

	private final Map<String, PropertyDefinition> properties;

	private final @Nullable Double samplingRate;

	private final List<SamplingCondition> samplingConditions;

	private final @Nullable EventRetention retention;

	private final @Nullable AnomalyRule anomaly;

	private final @Nullable LocalDate expires;

	private final List<String> tags;

	private final @Nullable String origin;

	private EventDefinition(Builder builder) {
		this.name = builder.name;
		this.version = builder.version;
		this.type = builder.type;
		this.semantics = builder.semantics;
		this.purpose = builder.purpose;
		this.privacy = builder.privacy;
		this.properties = Collections.unmodifiableMap(new LinkedHashMap<>(builder.properties));
		this.samplingRate = builder.samplingRate;
		this.samplingConditions = builder.samplingConditions;
		this.retention = builder.retention;
		this.anomaly = builder.anomaly;
		this.expires = builder.expires;
		this.tags = builder.tags;
		this.origin = builder.origin;
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
	 * Return the version of this declaration.
	 * @return a semantic version, {@code 1.0.0} unless said otherwise
	 */
	public String version() {
		return this.version.text();
	}

	public SemanticVersion semanticVersion() {
		return this.version;
	}

	/**
	 * Return the kind of event, for example {@code feature.used}.
	 * @return the type or {@code null}
	 */
	public @Nullable String type() {
		return this.type;
	}

	public @Nullable EventSemantics semantics() {
		return this.semantics;
	}

	/**
	 * Return what the event is collected for.
	 * @return the purpose, else why it is worth knowing, or {@code null}
	 */
	public @Nullable String purpose() {
		return (this.purpose == null && this.semantics != null) ? this.semantics.why() : this.purpose;
	}

	/**
	 * Return how personal its properties are unless they say so themselves.
	 * @return the level
	 */
	public PrivacyLevel privacy() {
		return this.privacy;
	}

	/**
	 * Return the declared properties in order.
	 * @return an unmodifiable map by name
	 */
	public Map<String, PropertyDefinition> properties() {
		return this.properties;
	}

	/**
	 * Return the share of such events that sampling records.
	 * @return a number from 0 to 1; 1 unless said otherwise
	 */
	public double samplingRate() {
		return (this.samplingRate != null) ? this.samplingRate : 1;
	}

	/**
	 * Return the conditions under which such an event is recorded.
	 * @return conditions that all have to hold, empty if every event may be recorded
	 */
	public List<SamplingCondition> samplingConditions() {
		return this.samplingConditions;
	}

	/**
	 * Return how long the local log stores such events.
	 * @return the retention, or {@code null} for that of the log
	 */
	public @Nullable EventRetention retention() {
		return this.retention;
	}

	/**
	 * Return which values are anomalies.
	 * @return the rule, or {@code null}
	 */
	public @Nullable AnomalyRule anomaly() {
		return this.anomaly;
	}

	/**
	 * Return the day from which such events are no longer to be collected.
	 * @return the day in UTC, or {@code null}
	 */
	public @Nullable LocalDate expires() {
		return this.expires;
	}

	public List<String> tags() {
		return this.tags;
	}

	/**
	 * Return where it was read from.
	 * @return file, line and column, or {@code null} if it was written in Java
	 */
	public @Nullable String origin() {
		return this.origin;
	}

	/**
	 * Unite two declarations of the same event and version. What one of them leaves open
	 * the other one says.
	 * @param other the other declaration
	 * @return a definition with the properties of both
	 * @throws IllegalArgumentException if they contradict each other
	 */
	public EventDefinition unite(EventDefinition other) {
		return new EventUnion(this, other).unite();
	}

	/** Say the same of another version, but for what a spec says of it. */
	public EventDefinition joining(EventDefinition known, boolean inSpec) {
		Builder copy = toBuilder();
		copy.version = known.version;
		copy.type = (inSpec && known.type != null) ? null : this.type;
		copy.purpose = (inSpec && known.purpose() != null) ? null : this.purpose;
		return copy.build();
	}

	@Nullable Double declaredSamplingRate() {
		return this.samplingRate;
	}

	@Nullable String declaredPurpose() {
		return this.purpose;
	}

	/** Fill in what a spec says of all its events. */
	EventDefinition withDefaults(@Nullable Double samplingRate, @Nullable EventRetention retention) {
		Builder filled = toBuilder();
		filled.samplingRate = Objects.requireNonNullElse(this.samplingRate,
				(samplingRate != null) ? samplingRate : 1.0);
		filled.retention = (this.retention != null) ? this.retention : retention;
		return filled.build();
	}

	Builder toBuilder() {
		Builder copy = builder(this.name).type(this.type)
			.semantics(this.semantics)
			.purpose(this.purpose)
			.privacy(this.privacy)
			.samplingConditions(this.samplingConditions)
			.retention(this.retention)
			.anomaly(this.anomaly)
			.expires(this.expires)
			.tags(this.tags)
			.origin(this.origin);
		copy.version = this.version;
		copy.samplingRate = this.samplingRate;
		this.properties.values().forEach(copy::property);
		return copy;
	}

	@Override
	public String toString() {
		return "EventDefinition[" + this.name + " " + this.version.text() + "]";
	}

	/** Collects the parts of a definition. Not safe for use by several threads. */
	public static final class Builder {

		private final String name;

		private SemanticVersion version = SemanticVersion.of("1.0.0");

		private @Nullable String type;

		private @Nullable EventSemantics semantics;

		private @Nullable String purpose;

		private PrivacyLevel privacy = PrivacyLevel.INTERNAL;

		private final Map<String, PropertyDefinition> properties = new LinkedHashMap<>();

		private @Nullable Double samplingRate;

		private List<SamplingCondition> samplingConditions = List.of();

		private @Nullable EventRetention retention;

		private @Nullable AnomalyRule anomaly;

		private @Nullable LocalDate expires;

		private List<String> tags = List.of();

		private @Nullable String origin;

		private Builder(String name) {
			this.name = EventName.check(name);
		}

		/**
		 * Set the version of this declaration.
		 * @param version a semantic version; missing numbers count as zero
		 * @return this builder
		 * @throws IllegalArgumentException if it is none
		 */
		public Builder version(String version) {
			this.version = SemanticVersion.of(version);
			return this;
		}

		public Builder type(@Nullable String type) {
			this.type = type;
			return this;
		}

		public Builder semantics(@Nullable EventSemantics semantics) {
			this.semantics = semantics;
			return this;
		}

		public Builder purpose(@Nullable String purpose) {
			this.purpose = purpose;
			return this;
		}

		/**
		 * Set how personal properties are that {@link #property(String, PropertyType)}
		 * declares from now on.
		 * @param privacy the level, {@link PrivacyLevel#INTERNAL} by default
		 * @return this builder
		 */
		public Builder privacy(PrivacyLevel privacy) {
			this.privacy = privacy;
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
		 * Record only events that meet all conditions.
		 * @param samplingConditions the conditions, about properties that are declared
		 * and recorded in clear or in buckets
		 * @return this builder
		 */
		public Builder samplingConditions(List<SamplingCondition> samplingConditions) {
			this.samplingConditions = List.copyOf(samplingConditions);
			return this;
		}

		public Builder retention(@Nullable EventRetention retention) {
			this.retention = retention;
			return this;
		}

		public Builder anomaly(@Nullable AnomalyRule anomaly) {
			this.anomaly = anomaly;
			return this;
		}

		public Builder expires(@Nullable LocalDate expires) {
			this.expires = expires;
			return this;
		}

		public Builder tags(List<String> tags) {
			this.tags = List.copyOf(tags);
			return this;
		}

		void replace(PropertyDefinition property) {
			this.properties.put(property.name(), property);
		}

		public Builder origin(@Nullable String origin) {
			this.origin = origin;
			return this;
		}

		/**
		 * Declare a property that is as personal as the event.
		 * @param name the key of the attribute
		 * @param type the type of its values
		 * @return this builder
		 */
		public Builder property(String name, PropertyType type) {
			return property(PropertyDefinition.of(name, type, this.privacy));
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

		/**
		 * Build the definition.
		 * @return the definition
		 * @throws IllegalArgumentException if a bound or a condition is about a property
		 * that is not declared, of another type, or personal
		 */
		public EventDefinition build() {
			if (this.anomaly != null) {
				this.anomaly.check(this.name, this.properties);
			}
			this.samplingConditions.forEach((condition) -> condition.check(this.properties));
			return new EventDefinition(this);
		}

	}

}
