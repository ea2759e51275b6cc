package dev.telemetry.sink.otlp;

import java.util.Arrays;
import java.util.function.BiConsumer;

import dev.telemetry.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * Writes attributes as they stand in a log record or a span. Not safe for use by several
 * threads.
 */
final class AttributeEncoder {

	private static final int VALUE = 2;

	private static final int STRING = 1;

	private static final int BOOLEAN = 2;

	private static final int INTEGER = 3;

	private static final int DOUBLE = 4;

	private static final int FIXED64_LENGTH = 8;

	/** Bounds what is remembered: a program may make up its keys. */
	private static final int SHAPES = 128;

	private static final int MAX_SHAPE_BYTES = 4096;

	private final Values values = new Values();

	private final @Nullable AttributeShape[] shapes = new AttributeShape[SHAPES];

	/** The number of the field that holds an attribute. */
	private final int field;

	private final String own;

	/**
	 * Create an encoder.
	 * @param field the number of the field that holds an attribute
	 * @param own a whole key of ours that is sorted in among those of events, or none if
	 * it is empty
	 */
	AttributeEncoder(int field, String own) {
		this.field = field;
		this.own = own;
	}

	/**
	 * Write the attributes of an event.
	 * @param event the event
	 * @param prefix what stands before each key
	 * @param ownValue the value of the key of ours
	 * @param out takes the fields
	 */
	void write(Event event, String prefix, String ownValue, ProtobufWriter out) {
		this.values.read(event);
		AttributeShape shape = shape(prefix);
		for (int i = 0; i < shape.size(); i++) {
			int index = shape.value(i);
			write(shape.field(i), (index != AttributeShape.OWN) ? this.values.values[index] : ownValue, out);
		}
		this.values.clear();
	}

	private AttributeShape shape(String prefix) {
		int count = this.values.count;
		int hash = prefix.hashCode();
		for (int i = 0; i < count; i++) {
			hash = 31 * hash + this.values.keys[i].hashCode();
		}
		int slot = (hash ^ hash >>> 16) & (SHAPES - 1);
		AttributeShape known = this.shapes[slot];
		if (known != null && known.fits(prefix, this.values.keys, count)) {
			return known;
		}
		AttributeShape shape = AttributeShape.of(prefix, this.values.keys, count, this.own);
		if (shape.length() <= MAX_SHAPE_BYTES) {
			this.shapes[slot] = shape;
		}
		return shape;
	}

	/**
	 * Write one attribute.
	 * @param key its key, as {@link AttributeShape#field(String)} encodes it
	 * @param value its value, of the types that events have
	 * @param out takes the field
	 */
	void write(byte[] key, @Nullable Object value, ProtobufWriter out) {
		if (value instanceof String text) {
			byte[] bytes = ProtobufWriter.utf8(text);
			begin(key, 1 + ProtobufWriter.sizeOf(bytes.length) + bytes.length, out).bytes(STRING, bytes);
		}
		else if (value instanceof Long number) {
			begin(key, 1 + ProtobufWriter.sizeOf(number), out).tag(INTEGER, ProtobufWriter.VARINT).varint(number);
		}
		else if (value instanceof Double number) {
			begin(key, 1 + FIXED64_LENGTH, out).tag(DOUBLE, ProtobufWriter.FIXED64)
				.fixed64(Double.doubleToRawLongBits(number));
		}
		else if (value instanceof Boolean flag) {
			begin(key, 2, out).tag(BOOLEAN, ProtobufWriter.VARINT).varint(flag ? 1 : 0);
		}
		else {
			throw new IllegalArgumentException("no event has a value of this type");
		}
	}

	/** Up to the value, of which only the length is known. */
	private ProtobufWriter begin(byte[] key, int length, ProtobufWriter out) {
		return out.tag(this.field, ProtobufWriter.BYTES)
			.varint(key.length + 1 + ProtobufWriter.sizeOf(length) + length)
			.raw(key)
			.tag(VALUE, ProtobufWriter.BYTES)
			.varint(length);
	}

	/** The attributes of one event, by place. */
	private static final class Values implements BiConsumer<String, Object> {

		private String[] keys = new String[16];

		private @Nullable Object[] values = new Object[16];

		private int count;

		void read(Event event) {
			int needed = event.attributeCount();
			if (needed > this.keys.length) {
				this.keys = new String[needed];
				this.values = new Object[needed];
			}
			this.count = 0;
			event.forEachAttribute(this);
		}

		@Override
		public void accept(String key, Object value) {
			this.keys[this.count] = key;
			this.values[this.count++] = value;
		}

		/** Nothing of an event is kept. */
		void clear() {
			Arrays.fill(this.keys, 0, this.count, "");
			Arrays.fill(this.values, 0, this.count, null);
		}

	}

}
