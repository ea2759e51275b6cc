package dev.telemetry.spec;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A declared property of an event. Immutable.
 */
public final class PropertyDefinition {

	private final String name;

	private final PropertyType type;

	private final PrivacyLevel privacy;

	private final Redaction redaction;

	private final boolean required;

	private final List<String> values;

	private final @Nullable Double min;

	private final @Nullable Double max;

	private final double bucket;

	private final @Nullable String description;

	private final boolean inferred;

	private PropertyDefinition(Builder builder) {
		this.name = builder.name;
		this.type = builder.type;
		this.privacy = builder.privacy;
		this.redaction = builder.redaction();
		this.required = builder.required;
		this.values = builder.values;
		this.min = builder.min;
		this.max = builder.max;
		this.bucket = builder.bucket;
		this.description = builder.description;
		this.inferred = builder.inferred;
	}

	/**
	 * Declare a property with nothing but a type and a privacy level.
	 * @param name the key of the attribute
	 * @param type the type of its values
	 * @param privacy how personal its values are
	 * @return the property
	 */
	public static PropertyDefinition of(String name, PropertyType type, PrivacyLevel privacy) {
		return builder(name, type).privacy(privacy).build();
	}

	/**
	 * Start a property, {@link PrivacyLevel#INTERNAL} unless said otherwise.
	 * @param name the key of the attribute
	 * @param type the type of its values
	 * @return a builder
	 */
	public static Builder builder(String name, PropertyType type) {
		return new Builder(name, type);
	}

	public String name() {
		return this.name;
	}

	public PropertyType type() {
		return this.type;
	}

	public PrivacyLevel privacy() {
		return this.privacy;
	}

	/**
	 * Return what happens to its values.
	 * @return for personal and sensitive values at least {@link Redaction#BUCKET}
	 */
	public Redaction redaction() {
		return this.redaction;
	}

	/**
	 * Return whether an event without it is refused.
	 * @return whether it must be there
	 */
	public boolean required() {
		return this.required;
	}

	/**
	 * Return the only values it may have.
	 * @return the values of a string, empty if any will do
	 */
	public List<String> values() {
		return this.values;
	}

	public @Nullable Double min() {
		return this.min;
	}

	public @Nullable Double max() {
		return this.max;
	}

	/**
	 * Return the width of a bucket.
	 * @return a number above 0 if {@link #redaction()} is {@link Redaction#BUCKET}, else
	 * 0
	 */
	public double bucket() {
		return this.bucket;
	}

	public @Nullable String description() {
		return this.description;
	}

	/**
	 * Return whether values may be recorded as they are.
	 * @return {@code false} for personal and sensitive values
	 */
	public boolean keptInClear() {
		return this.redaction == Redaction.SECRETS;
	}

	/**
	 * Return whether its type was inferred from code, so that values of another type are
	 * valid too, and any other declaration takes precedence.
	 * @return whether it has no explicit declaration
	 */
	public boolean inferred() {
		return this.inferred;
	}

	/**
	 * Return whether another declaration of this property says the same of its values.
	 */
	boolean agreesWith(PropertyDefinition other) {
		return this.inferred || other.inferred || (this.type == other.type && this.privacy == other.privacy
				&& this.redaction == other.redaction && this.bucket == other.bucket);
	}

	@Override
	public String toString() {
		return "PropertyDefinition[" + this.name + "]";
	}

	/** Collects the parts of a property. Not safe for use by several threads. */
	public static final class Builder {

		private final String name;

		private final PropertyType type;

		private PrivacyLevel privacy = PrivacyLevel.INTERNAL;

		private @Nullable Redaction redaction;

		private boolean required;

		private List<String> values = List.of();

		private @Nullable Double min;

		private @Nullable Double max;

		private double bucket;

		private @Nullable String description;

		private boolean inferred;

		private Builder(String name, PropertyType type) {
			if (name.isBlank()) {
				throw new IllegalArgumentException("'name' must not be blank");
			}
			this.name = name;
			this.type = Objects.requireNonNull(type, "'type' must not be null");
		}

		public Builder privacy(PrivacyLevel privacy) {
			this.privacy = Objects.requireNonNull(privacy, "'privacy' must not be null");
			return this;
		}

		/**
		 * Set what happens to its values. Without a value set here it is
		 * {@link Redaction#MASK} for personal and sensitive values.
		 * @param redaction what is done to them
		 * @return this builder
		 */
		public Builder redaction(Redaction redaction) {
			this.redaction = redaction;
			return this;
		}

		/**
		 * Round numbers down to the width of a bucket.
		 * @param width the width, above 0
		 * @return this builder
		 */
		public Builder bucket(double width) {
			if (!(width > 0) || Double.isInfinite(width)) {
				throw new IllegalArgumentException("'bucket' must be above 0");
			}
			this.bucket = width;
			return redaction(Redaction.BUCKET);
		}

		public Builder required(boolean required) {
			this.required = required;
			return this;
		}

		/**
		 * Allow these values only.
		 * @param values what a string may be
		 * @return this builder
		 */
		public Builder values(List<String> values) {
			this.values = List.copyOf(values);
			return this;
		}

		/**
		 * Set the bounds of a number, both included.
		 * @param min the least, or {@code null}; negative infinity is no bound
		 * @param max the most, or {@code null}; positive infinity is no bound
		 * @return this builder
		 */
		public Builder range(@Nullable Double min, @Nullable Double max) {
			this.min = (min != null && min == Double.NEGATIVE_INFINITY) ? null : min;
			this.max = (max != null && max == Double.POSITIVE_INFINITY) ? null : max;
			return this;
		}

		public Builder description(@Nullable String description) {
			this.description = description;
			return this;
		}

		/**
		 * State that the type was inferred from code.
		 * @return this builder
		 */
		public Builder inferred() {
			this.inferred = true;
			return this;
		}

		private Redaction redaction() {
			boolean personal = this.privacy.compareTo(PrivacyLevel.PII) >= 0;
			return (this.redaction != null) ? this.redaction : personal ? Redaction.MASK : Redaction.SECRETS;
		}

		/**
		 * Build the property.
		 * @return the property
		 * @throws IllegalArgumentException if its parts contradict each other
		 */
		public PropertyDefinition build() {
			check(this.values.isEmpty() || this.type == PropertyType.STRING, "must be a string to have values");
			boolean number = this.type == PropertyType.NUMBER;
			check(number || (this.min == null && this.max == null), "must be a number to have bounds");
			check((this.min == null || Double.isFinite(this.min)) && (this.max == null || Double.isFinite(this.max)),
					"must have numbers for bounds");
			check(this.min == null || this.max == null || this.min <= this.max,
					"must not have a 'min' above its 'max'");
			check(this.redaction != Redaction.BUCKET || (number && this.bucket > 0),
					"must be a number with a width to be put into buckets");
			check(this.redaction != Redaction.SECRETS || this.privacy.compareTo(PrivacyLevel.PII) < 0,
					"must not be personal and kept in clear");
			return new PropertyDefinition(this);
		}

		private void check(boolean holds, String must) {
			if (!holds) {
				throw new IllegalArgumentException("'" + this.name + "' " + must);
			}
		}

	}

}
