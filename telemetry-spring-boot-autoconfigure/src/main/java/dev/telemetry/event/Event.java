package dev.telemetry.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * One thing that happened: a name, a time, where it was recorded, and attributes whose
 * values are strings, whole numbers ({@link Long}), finite numbers ({@link Double}) or
 * booleans. Immutable and safe for use by several threads.
 * <p>
 * Names are lower case, with dots between parts and underscores inside them:
 * {@code order.placed}, {@code data.deletion_request}.
 */
public final class Event {

	/** The version of the line format. */
	public static final int SCHEMA_VERSION = 1;

	private final long idHigh;

	private final long idLow;

	private final String name;

	private final @Nullable String type;

	private final EventOrigin origin;

	private final long timestampMillis;

	private final double samplingRate;

	private final String[] keys;

	private final Object[] values;

	Event(Builder builder, String[] keys, Object[] values) {
		this.idHigh = builder.idHigh;
		this.idLow = builder.idLow;
		this.name = builder.name;
		this.type = builder.type;
		this.origin = builder.origin;
		this.timestampMillis = builder.timestampMillis;
		this.samplingRate = builder.samplingRate;
		this.keys = keys;
		this.values = values;
	}

	/**
	 * Start an event.
	 * @param name the name, not blank
	 * @return a builder
	 */
	public static Builder builder(String name) {
		return new Builder(name);
	}

	/**
	 * Return the identifier: a UUID of version 7 and the key by which receivers recognise
	 * an event they have already.
	 * @return the identifier
	 */
	public UUID id() {
		return new UUID(this.idHigh, this.idLow);
	}

	long idHigh() {
		return this.idHigh;
	}

	long idLow() {
		return this.idLow;
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

	public EventOrigin origin() {
		return this.origin;
	}

	public String tool() {
		return this.origin.tool();
	}

	public String toolVersion() {
		return this.origin.toolVersion();
	}

	public @Nullable String machineId() {
		return this.origin.machineId();
	}

	public @Nullable String sessionId() {
		return this.origin.sessionId();
	}

	/**
	 * Return when it happened, to the millisecond.
	 * @return the time
	 */
	public Instant timestamp() {
		return Instant.ofEpochMilli(this.timestampMillis);
	}

	/**
	 * Return when it happened as milliseconds since 1970.
	 * @return the time in milliseconds
	 */
	public long timestampMillis() {
		return this.timestampMillis;
	}

	/**
	 * Return the share of such events that are kept, so that counts can be scaled up.
	 * @return a number above 0 and at most 1
	 */
	public double samplingRate() {
		return this.samplingRate;
	}

	/**
	 * Return the number of attributes.
	 * @return how many there are
	 */
	public int attributeCount() {
		return this.keys.length;
	}

	/**
	 * Return the value of an attribute.
	 * @param key the name of the attribute
	 * @return a {@link String}, {@link Long}, {@link Double} or {@link Boolean}, or
	 * {@code null}
	 */
	public @Nullable Object attribute(String key) {
		for (int i = 0; i < this.keys.length; i++) {
			if (this.keys[i].equals(key)) {
				return this.values[i];
			}
		}
		return null;
	}

	/**
	 * Call the given action for each attribute in order, without building a map.
	 * @param action what to do
	 */
	public void forEachAttribute(BiConsumer<? super String, Object> action) {
		for (int i = 0; i < this.keys.length; i++) {
			action.accept(this.keys[i], this.values[i]);
		}
	}

	/**
	 * Return the attributes in order.
	 * @return an unmodifiable map
	 */
	public Map<String, Object> attributes() {
		Map<String, Object> attributes = new LinkedHashMap<>();
		forEachAttribute(attributes::put);
		return Collections.unmodifiableMap(attributes);
	}

	String key(int index) {
		return this.keys[index];
	}

	Object value(int index) {
		return this.values[index];
	}

	/**
	 * Start a changed copy: same id, same time, same origin.
	 * @return a builder with everything this event has
	 */
	public Builder toBuilder() {
		Builder builder = new Builder(this.name).type(this.type)
			.origin(this.origin)
			.timestampMillis(this.timestampMillis)
			.id(this.idHigh, this.idLow)
			.samplingRate(this.samplingRate);
		forEachAttribute(builder::attribute);
		return builder;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Event event && this.idHigh == event.idHigh && this.idLow == event.idLow
				&& this.timestampMillis == event.timestampMillis && this.samplingRate == event.samplingRate
				&& this.name.equals(event.name) && Objects.equals(this.type, event.type)
				&& this.origin.equals(event.origin) && attributes().equals(event.attributes());
	}

	@Override
	public int hashCode() {
		return Long.hashCode(this.idHigh ^ this.idLow);
	}

	/**
	 * Return name and id only: attribute values never reach a log by accident.
	 */
	@Override
	public String toString() {
		return "Event[" + this.name + " " + id() + "]";
	}

	/**
	 * Collects what an event is made of. Not safe for use by several threads.
	 * <p>
	 * Attribute values are normalised as they come, see
	 * {@link #attribute(String, Object)}; a value that cannot be kept is left out and
	 * counted, never an exception.
	 */
	public static final class Builder {

		private static final EventOrigin UNKNOWN = EventOrigin.of("unknown", "unknown");

		private final String name;

		private long idHigh;

		private long idLow;

		private @Nullable String type;

		private EventOrigin origin = UNKNOWN;

		private long timestampMillis;

		private double samplingRate = 1;

		private String[] keys = new String[8];

		private Object[] values = new Object[8];

		private int size;

		private int refused;

		private Builder(String name) {
			if (name.isBlank()) {
				throw new IllegalArgumentException("'name' must not be blank");
			}
			this.name = name;
		}

		/**
		 * Set the identifier; without it the event gets a new one.
		 * @param id a UUID
		 * @return this builder
		 */
		public Builder id(UUID id) {
			return id(id.getMostSignificantBits(), id.getLeastSignificantBits());
		}

		Builder id(long high, long low) {
			this.idHigh = high;
			this.idLow = low;
			return this;
		}

		public Builder type(@Nullable String type) {
			this.type = type;
			return this;
		}

		public Builder origin(EventOrigin origin) {
			this.origin = Objects.requireNonNull(origin, "'origin' must not be null");
			return this;
		}

		public Builder timestamp(Instant timestamp) {
			return timestampMillis(timestamp.toEpochMilli());
		}

		public Builder timestampMillis(long timestampMillis) {
			this.timestampMillis = timestampMillis;
			return this;
		}

		public Builder samplingRate(double samplingRate) {
			if (!(samplingRate > 0 && samplingRate <= 1)) {
				throw new IllegalArgumentException("'samplingRate' must be above 0 and at most 1");
			}
			this.samplingRate = samplingRate;
			return this;
		}

		/**
		 * Set an attribute; a later value of the same key replaces the earlier one.
		 * Strings are trimmed; blanks and {@code null} are left out; numbers become
		 * {@link Long} or {@link Double} rounded to 4 decimals; characters and enum
		 * constants become strings; an array or collection becomes its size; anything
		 * else, and what is not finite, is refused and counted.
		 * @param key the name of the attribute
		 * @param value the value
		 * @return this builder
		 */
		public Builder attribute(String key, @Nullable Object value) {
			Object normalised = AttributeValue.normalise(value);
			if (normalised == AttributeValue.REFUSED || key.isBlank()) {
				this.refused++;
			}
			else if (normalised != null) {
				put(key, normalised);
			}
			return this;
		}

		public Builder attribute(String key, long value) {
			put(key, value);
			return this;
		}

		public Builder attribute(String key, boolean value) {
			put(key, value);
			return this;
		}

		public Builder removeAttribute(String key) {
			int index = indexOf(key);
			if (index >= 0) {
				removeAttributeAt(index);
			}
			return this;
		}

		/**
		 * Remove the attribute at a position; those behind it move up.
		 * @param index the position, from 0
		 */
		public void removeAttributeAt(int index) {
			System.arraycopy(this.keys, index + 1, this.keys, index, this.size - index - 1);
			System.arraycopy(this.values, index + 1, this.values, index, this.size - index - 1);
			this.size--;
		}

		/**
		 * Replace the attribute at a position with a value that is normal already.
		 * @param index the position, from 0
		 * @param key the new key
		 * @param value a {@link String}, {@link Long}, finite {@link Double} or
		 * {@link Boolean}
		 */
		public void setAttributeAt(int index, String key, Object value) {
			this.keys[index] = key;
			this.values[index] = value;
		}

		public int attributeCount() {
			return this.size;
		}

		public String attributeKeyAt(int index) {
			return this.keys[index];
		}

		public Object attributeValueAt(int index) {
			return this.values[index];
		}

		public String name() {
			return this.name;
		}

		/**
		 * Return how many attribute values were refused so far.
		 * @return the number of refused values
		 */
		public int refused() {
			return this.refused;
		}

		private int indexOf(String key) {
			for (int i = 0; i < this.size; i++) {
				if (this.keys[i].equals(key)) {
					return i;
				}
			}
			return -1;
		}

		private void put(String key, Object value) {
			int index = indexOf(key);
			if (index < 0) {
				if (this.size == this.keys.length) {
					this.keys = java.util.Arrays.copyOf(this.keys, this.size * 2);
					this.values = java.util.Arrays.copyOf(this.values, this.size * 2);
				}
				index = this.size++;
				this.keys[index] = key;
			}
			this.values[index] = value;
		}

		/**
		 * Build the event, with a new UUIDv7 when no identifier was set.
		 * @return the event
		 */
		public Event build() {
			if (this.idHigh == 0 && this.idLow == 0) {
				EventIds.assign(this);
			}
			return new Event(this, java.util.Arrays.copyOf(this.keys, this.size),
					java.util.Arrays.copyOf(this.values, this.size));
		}

		long timestampMillis() {
			return this.timestampMillis;
		}

	}

}
