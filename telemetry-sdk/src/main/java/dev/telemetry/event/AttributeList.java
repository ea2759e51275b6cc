package dev.telemetry.event;

import java.util.Arrays;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an event that is being built: keys are unique, values are normal, in
 * the order in which they were set. Not safe for use by several threads.
 * <p>
 * Keys are lent to the events that are built: a builder that is used again for an event
 * of the same shape needs no second array. Lent keys are copied before they are changed,
 * so an event never sees a change.
 */
public final class AttributeList {

	/** More would make a lookup slow; callers are told by the count of refused values. */
	static final int MAX_SIZE = 1024;

	private static final Set<String> SYSTEM = Set.of("duration_ms", "success", "error", "outcome");

	private static final int CAPACITY = 8;

	private String[] keys = new String[CAPACITY];

	private boolean lent;

	/**
	 * Up to here keys are those of the event before, which differ from each other: a key
	 * that comes where it came before need not be compared with all others.
	 */
	private int known;

	/** Up to here keys are plain to "judge"; none is if there is no judge. */
	private int plain;

	private @Nullable Object judge;

	private @Nullable Object[] values = new Object[CAPACITY];

	private int size;

	private int refused;

	AttributeList() {
	}

	/**
	 * Return how many attributes there are.
	 * @return the number of attributes
	 */
	public int size() {
		return this.size;
	}

	String[] lendKeys() {
		this.lent = true;
		return this.keys;
	}

	@SuppressWarnings("NullAway") // values up to the size are never null
	Object[] copyValues() {
		return Arrays.copyOf(this.values, this.size);
	}

	/**
	 * Return the value of an attribute.
	 * @param key the name of the attribute
	 * @return the normal value or {@code null}
	 */
	public @Nullable Object get(String key) {
		int index = indexOf(key);
		return (index < 0) ? null : this.values[index];
	}

	int refused() {
		return this.refused;
	}

	/**
	 * Set a value, or count it as refused.
	 * @param key the key, which must not be blank
	 * @param value a normal value, or {@link AttributeValue#REFUSED}
	 */
	void set(String key, Object value) {
		if (isKnown(key) && value != AttributeValue.REFUSED) {
			this.values[this.size++] = value;
		}
		else if (value == AttributeValue.REFUSED || !isKey(key) || !put(Text.wellFormed(key), value)) {
			this.refused++;
		}
	}

	/** The very same string at the same place was found to be a key before. */
	@SuppressWarnings("ReferenceEquality")
	private boolean isKnown(@Nullable String key) {
		return this.size < this.known && this.size < this.values.length && this.keys[this.size] == key;
	}

	private static boolean isKey(@Nullable String key) {
		return key != null && key.length() <= Text.MAX_LENGTH && !key.isBlank();
	}

	private boolean put(String key, Object value) {
		// Asked first: a map of a million entries must not cost a search for each
		if (this.size >= MAX_SIZE && !SYSTEM.contains(key)) {
			return false;
		}
		int index = indexOf(key);
		if (index >= 0) {
			this.values[index] = value;
			return true;
		}
		append(key, value);
		return true;
	}

	void append(String key, Object value) {
		if (this.size == this.values.length) {
			this.values = Arrays.copyOf(this.values, this.size * 2);
		}
		setKey(this.size, key);
		this.values[this.size++] = value;
	}

	/**
	 * Remove an attribute, if there is one of that name.
	 * @param key the name of the attribute
	 */
	public void remove(String key) {
		int index = indexOf(key);
		if (index >= 0) {
			removeAt(index);
		}
	}

	void clear() {
		this.known = Math.max(this.known, this.size);
		Arrays.fill(this.values, 0, this.size, null);
		this.size = 0;
		this.refused = 0;
	}

	/**
	 * Drop the attributes that were set last until no more than the given number are
	 * left. Those the system sets ({@code duration_ms success error outcome}) are never
	 * dropped, whatever was set after them.
	 * @param max how many attributes to store
	 * @return how many were dropped
	 */
	public int limit(int max) {
		int before = this.size;
		for (int i = before - 1; i >= 0 && this.size > max; i--) {
			if (!SYSTEM.contains(this.keys[i])) {
				removeAt(i);
			}
		}
		return before - this.size;
	}

	/**
	 * Cut keys and string values, never between the two halves of a character.
	 * @param maxLength the longest to store, in {@code char}s, at least 1
	 * @return how many attributes were cut
	 */
	public int cut(int maxLength) {
		int cuts = 0;
		for (int i = 0; i < this.size; i++) {
			if (isLonger(this.keys[i], maxLength) || isLonger(this.values[i], maxLength)) {
				cuts++;
			}
		}
		if (cuts > 0) {
			rewrite((key) -> Text.cut(key, maxLength), (key, value) -> Text.cut(value, maxLength));
		}
		return cuts;
	}

	/**
	 * Replace every key and every string value. What comes back is normalised again; of
	 * attributes whose keys become equal the last is stored, the others count as refused.
	 * @param keyRule makes the new key
	 * @param valueRule makes the new value from the old key and the old value
	 */
	public void rewrite(UnaryOperator<String> keyRule, BinaryOperator<String> valueRule) {
		int before = this.size;
		boolean renamed = false;
		// Written from the start while it is read further behind: size never overtakes i
		this.size = 0;
		for (int i = 0; i < before; i++) {
			String key = this.keys[i];
			String newKey = keyRule.apply(key);
			Object value = rewrite(key, this.values[i], valueRule);
			renamed = renamed || !newKey.equals(key);
			if (value != null && !newKey.isBlank()) {
				place(newKey, value, renamed);
			}
		}
		Arrays.fill(this.values, this.size, before, null);
		this.refused += before - this.size;
	}

	/**
	 * Replace every string value, as {@link #rewrite} does, if all keys are known to be
	 * plain: they stay what they are and say nothing of their values.
	 * @param by who found the keys to be plain, see {@link #rememberPlain}
	 * @param rule makes the new value from the old one
	 * @return {@code false} if not all keys are known to be plain; then nothing is done
	 */
	@Internal
	public boolean rewritePlain(Object by, UnaryOperator<String> rule) {
		if (this.judge != by || this.size > this.plain) {
			return false;
		}
		for (int i = 0; i < this.size; i++) {
			if (this.values[i] instanceof String text) {
				String replaced = rule.apply(text);
				this.values[i] = replaced.equals(text) ? text : Text.value(replaced);
			}
		}
		for (int i = this.size - 1; i >= 0; i--) {
			if (this.values[i] == null) {
				removeAt(i);
				this.refused++;
			}
		}
		return true;
	}

	/**
	 * Remember which keys are plain, for the next event of this shape.
	 * @param by who finds them to be plain
	 * @param isPlain whether a key stays what it is, and says nothing of its value
	 */
	@Internal
	public void rememberPlain(Object by, Predicate<String> isPlain) {
		int count = 0;
		while (count < this.size && isPlain.test(this.keys[count])) {
			count++;
		}
		this.plain = count;
		this.judge = by;
	}

	private void place(String key, Object value, boolean renamed) {
		if (renamed) {
			put(Text.wellFormed(key), value);
		}
		else {
			append(key, value);
		}
	}

	private static @Nullable Object rewrite(String key, @Nullable Object value, BinaryOperator<String> rule) {
		if (value instanceof String text) {
			String replaced = rule.apply(key, text);
			return replaced.equals(text) ? text : Text.value(replaced);
		}
		return value;
	}

	private static boolean isLonger(@Nullable Object text, int maxLength) {
		return text instanceof String string && string.length() > maxLength;
	}

	private int indexOf(String key) {
		for (int i = 0; i < this.size; i++) {
			if (this.keys[i].equals(key)) {
				return i;
			}
		}
		return -1;
	}

	private void removeAt(int index) {
		for (int i = index; i < this.size - 1; i++) {
			setKey(i, this.keys[i + 1]);
		}
		System.arraycopy(this.values, index + 1, this.values, index, this.size - index - 1);
		this.values[--this.size] = null;
	}

	private void setKey(int index, String key) {
		boolean full = index == this.keys.length;
		if (!full && key.equals(this.keys[index])) {
			return;
		}
		if (full || this.lent) {
			this.keys = Arrays.copyOf(this.keys, full ? index * 2 : this.keys.length);
			this.lent = false;
		}
		this.keys[index] = key;
		this.known = Math.min(this.known, index);
		this.plain = Math.min(this.plain, index);
	}

}
