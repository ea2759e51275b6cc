package dev.telemetry.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;

import dev.telemetry.Internal;
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

	// Shared with other events of this name: a million may wait in memory
	private final EventHead head;

	// As long as the values or longer: shared with other events of the same shape
	private final String[] keys;

	private final Object[] values;

	private Event(Builder builder) {
		this.idHigh = builder.idHigh;
		this.idLow = builder.idLow;
		this.head = builder.head();
		this.keys = builder.attributes.lendKeys();
		this.values = builder.attributes.copyValues();
	}

	/**
	 * Start an event.
	 * @param name the name, not blank; trimmed, cut at 128 characters, and control
	 * characters in it are replaced
	 * @return a builder
	 * @throws IllegalArgumentException if the name is blank
	 */
	public static Builder builder(String name) {
		return new Builder(name);
	}

	/**
	 * Return the identifier: a UUID of version 7 and the key by which destinations
	 * recognise an event they already have.
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
		return this.head.name();
	}

	/**
	 * Return the kind of event, for example {@code feature.used}.
	 * @return the type or {@code null}
	 */
	public @Nullable String type() {
		return this.head.type();
	}

	public EventOrigin origin() {
		return this.head.origin();
	}

	public String tool() {
		return origin().tool();
	}

	public String toolVersion() {
		return origin().toolVersion();
	}

	public @Nullable String machineId() {
		return origin().machineId();
	}

	public @Nullable String sessionId() {
		return origin().sessionId();
	}

	public Instant timestamp() {
		return Instant.ofEpochMilli(timestampMillis());
	}

	/**
	 * Return when it happened as milliseconds since 1970.
	 * @return the time in milliseconds
	 */
	public long timestampMillis() {
		return this.head.timestampMillis(this.idHigh);
	}

	/**
	 * Return the share of such events that sampling records, so that counts can be scaled
	 * up.
	 * @return a number above 0 and at most 1
	 */
	public double samplingRate() {
		return this.head.samplingRate();
	}

	public int attributeCount() {
		return this.values.length;
	}

	/**
	 * Return the value of an attribute.
	 * @param key the name of the attribute
	 * @return a {@link String}, {@link Long}, {@link Double} or {@link Boolean}, or
	 * {@code null}
	 */
	public @Nullable Object attribute(String key) {
		for (int i = 0; i < this.values.length; i++) {
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
		for (int i = 0; i < this.values.length; i++) {
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

	/** The very array is that of all events that were built with these keys. */
	String[] keys() {
		return this.keys;
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
		Builder builder = new Builder(name()).type(type())
			.origin(origin())
			.timestampMillis(timestampMillis())
			.id(this.idHigh, this.idLow)
			.samplingRate(samplingRate());
		forEachAttribute(builder.attributes::append);
		return builder;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Event event && this.idHigh == event.idHigh && this.idLow == event.idLow
				&& this.head.equals(event.head) && attributes().equals(event.attributes());
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
		return "Event[" + name() + " " + id() + "]";
	}

	/**
	 * Collects the parts of an event. Not safe for use by several threads.
	 * <p>
	 * Attribute values are normalised as they come, see
	 * {@link #attribute(String, Object)}; a value that cannot be recorded is left out and
	 * counted, never an exception.
	 */
	public static final class Builder {

		private static final EventOrigin UNKNOWN = EventOrigin.of("unknown", "unknown");

		/** The last millisecond of the year 9999, the last that RFC 3339 can write. */
		private static final long MAX_TIMESTAMP = 253_402_300_799_999L;

		private String name;

		private long idHigh;

		private long idLow;

		private @Nullable String type;

		private EventOrigin origin = UNKNOWN;

		private long timestampMillis;

		private double samplingRate = 1;

		private final AttributeList attributes = new AttributeList();

		/** What the event before was built with. */
		private @Nullable EventHead head;

		private @Nullable Thread thread;

		private long[] ids = {};

		private Builder(String name) {
			this.name = Text.eventName(name);
		}

		/**
		 * Forget everything and start another event, so that one builder can serve a
		 * thread's events one after another.
		 * @param name the name, as for {@link Event#builder(String)}
		 * @return this builder
		 * @throws IllegalArgumentException if the name is blank
		 */
		public Builder restart(String name) {
			return name(name).restart();
		}

		/**
		 * Forget everything but the name and start another event.
		 * @return this builder
		 */
		@Internal
		public Builder restart() {
			this.idHigh = 0;
			this.idLow = 0;
			this.type = null;
			this.origin = UNKNOWN;
			this.timestampMillis = 0;
			this.samplingRate = 1;
			this.attributes.clear();
			return this;
		}

		public Builder name(String name) {
			if (!isSame(name, this.name)) {
				this.name = Text.eventName(name);
			}
			return this;
		}

		/** What the very same string was made of need not be made once more. */
		@SuppressWarnings("ReferenceEquality")
		private static boolean isSame(@Nullable Object one, @Nullable Object other) {
			return one == other;
		}

		public String name() {
			return this.name;
		}

		/**
		 * Set the identifier; without it, and for the nil UUID, the event gets a new one.
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
			EventHead last = this.head;
			boolean known = last != null && isSame(type, last.type());
			this.type = known ? type : Text.name(type, Text.MAX_NAME_LENGTH);
			return this;
		}

		public Builder origin(EventOrigin origin) {
			this.origin = Objects.requireNonNull(origin, "'origin' must not be null");
			return this;
		}

		public Builder timestamp(Instant timestamp) {
			long seconds = timestamp.getEpochSecond();
			boolean fits = seconds >= 0 && seconds <= MAX_TIMESTAMP / 1000;
			return timestampMillis(fits ? timestamp.toEpochMilli() : (seconds < 0) ? 0 : MAX_TIMESTAMP);
		}

		/**
		 * Set when it happened. A time before 1970 or after 9999 becomes that bound.
		 * @param timestampMillis milliseconds since 1970
		 * @return this builder
		 */
		public Builder timestampMillis(long timestampMillis) {
			this.timestampMillis = Math.max(0, Math.min(timestampMillis, MAX_TIMESTAMP));
			return this;
		}

		long timestampMillis() {
			return this.timestampMillis;
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
		 * Strings are trimmed, cut at 8192 characters, and lone surrogates in them
		 * replaced by U+FFFD; blanks and {@code null} are left out; numbers become
		 * {@link Long} or {@link Double} rounded to 4 decimals; characters and enum
		 * constants become strings; an array or collection becomes its size; an optional
		 * counts as what it holds; anything else, and what is not finite, is refused and
		 * counted, as is a key that is blank, {@code null} or longer than 8192
		 * characters, and whatever comes after 1024 attributes.
		 * @param key the name of the attribute
		 * @param value the value
		 * @return this builder
		 */
		public Builder attribute(String key, @Nullable Object value) {
			Object normalised = AttributeValue.normalise(value);
			if (normalised != null) {
				this.attributes.set(key, normalised);
			}
			return this;
		}

		/**
		 * Set an attribute to a value that is normal already, as
		 * {@link AttributeValue#normalise} returns it.
		 * @param key the name of the attribute
		 * @param normal the value
		 * @return this builder
		 */
		@Internal
		public Builder normalAttribute(String key, Object normal) {
			this.attributes.set(key, normal);
			return this;
		}

		public Builder attribute(String key, long value) {
			this.attributes.set(key, value);
			return this;
		}

		public Builder attribute(String key, double value) {
			this.attributes.set(key, AttributeValue.number(value));
			return this;
		}

		public Builder attribute(String key, boolean value) {
			this.attributes.set(key, value);
			return this;
		}

		/**
		 * Return the attributes set so far, to be limited and rewritten in place.
		 * @return the builder's own list
		 */
		public AttributeList attributes() {
			return this.attributes;
		}

		/**
		 * Return how many attributes were refused so far.
		 * @return the number of refused attributes
		 */
		public int refused() {
			return this.attributes.refused();
		}

		/**
		 * Build the event, with a new UUIDv7 when no identifier was set.
		 * @return the event
		 */
		public Event build() {
			if (this.idHigh == 0 && this.idLow == 0) {
				EventIds.assign(this);
			}
			return new Event(this);
		}

		private EventHead head() {
			EventHead last = this.head;
			long time = EventHead.time(this.timestampMillis, this.idHigh);
			if (last == null || last.time() != time || !isSame(this.name, last.name())
					|| !isSame(this.type, last.type()) || !isSame(this.origin, last.origin())
					|| this.samplingRate != last.samplingRate()) {
				last = new EventHead(this.name, this.type, this.origin, this.samplingRate, time);
				this.head = last;
			}
			return last;
		}

		/** Return the state of the generator of the current thread. */
		long[] ids() {
			Thread current = Thread.currentThread();
			if (this.thread != current) {
				this.ids = EventIds.ofThread();
				this.thread = current;
			}
			return this.ids;
		}

	}

}
