package dev.telemetry.sink.otlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The keys of an event's attributes, encoded once for all events that have the same:
 * OpenTelemetry sends attributes sorted by their keys, and so do we.
 */
final class AttributeShape {

	/** Of the attribute that is not the event's own. */
	static final int OWN = -1;

	private static final int KEY = 1;

	private final String prefix;

	private final String[] keys;

	/** Which value comes when. */
	private final int[] order;

	/** The field with the key, in the same order. */
	private final byte[][] fields;

	private AttributeShape(String prefix, String[] keys, int[] order, byte[][] fields) {
		this.prefix = prefix;
		this.keys = keys;
		this.order = order;
		this.fields = fields;
	}

	/**
	 * Encode keys.
	 * @param prefix what stands before each
	 * @param keys the keys of an event
	 * @param count how many there are
	 * @param own a whole key of ours that is sent among them unless the event has it, or
	 * none if it is empty
	 */
	static AttributeShape of(String prefix, String[] keys, int count, String own) {
		record Key(String name, int index) {

		}
		List<Key> all = new ArrayList<>();
		boolean taken = own.isEmpty();
		for (int i = 0; i < count; i++) {
			Key key = new Key(prefix + keys[i], i);
			taken |= key.name().equals(own);
			all.add(key);
		}
		if (!taken) {
			all.add(new Key(own, OWN));
		}
		all.sort(Comparator.comparing(Key::name));
		return new AttributeShape(prefix, Arrays.copyOf(keys, count), all.stream().mapToInt(Key::index).toArray(),
				all.stream().map((key) -> field(key.name())).toArray(byte[][]::new));
	}

	/** Encode a key as its field in an attribute. */
	static byte[] field(String key) {
		return new ProtobufWriter(64).bytes(KEY, ProtobufWriter.utf8(key)).toByteArray();
	}

	boolean fits(String prefix, String[] keys, int count) {
		return this.keys.length == count && this.prefix.equals(prefix)
				&& Arrays.equals(this.keys, 0, count, keys, 0, count);
	}

	int size() {
		return this.order.length;
	}

	/** Return how many bytes all keys take. */
	int length() {
		return Arrays.stream(this.fields).mapToInt((field) -> field.length).sum();
	}

	/** Return which of the event's values is sent at a place, or {@link #OWN}. */
	int value(int place) {
		return this.order[place];
	}

	byte[] field(int place) {
		return this.fields[place];
	}

}
