package dev.telemetry.insight;

import java.util.Map;
import java.util.function.Function;

/**
 * What a report keeps in memory, whatever a log holds: so many names, and so many
 * distinct durations at a time. What is beyond counts as {@code other}, or is found by
 * reading the log again. Not safe for use by several threads.
 */
final class ReportLimits {

	static final String OTHER = "other";

	static final int MAX_EVENTS = 1000;

	static final int MAX_GROUPS = 1000;

	static final int MAX_ERRORS = 100;

	/** More than ten years. */
	static final int MAX_DAYS = 4000;

	/** Names of all maps together, in characters. */
	private static final int MAX_TEXT = 4 * 1024 * 1024;

	/** What an entry costs beside its text. */
	private static final int ENTRY = 64;

	private int text = MAX_TEXT;

	private int slots;

	ReportLimits(int slots) {
		this.slots = slots;
	}

	/**
	 * Find what belongs to a name.
	 * @param <V> what belongs to names
	 * @param map names that were admitted
	 * @param name the name; what was refused once is refused again
	 * @param limit the most names in this map
	 * @param made makes what belongs to a name that is new
	 * @param other what counts for all names that are refused
	 * @return what belongs to the name
	 */
	<V> V admit(Map<String, V> map, String name, int limit, Function<String, V> made, V other) {
		V known = map.get(name);
		if (known != null) {
			return known;
		}
		if (map.size() >= limit || this.text < name.length() + ENTRY) {
			return other;
		}
		this.text -= name.length() + ENTRY;
		V value = made.apply(name);
		map.put(name, value);
		return value;
	}

	/**
	 * Take room for durations.
	 * @param wanted how many slots
	 * @return whether there is room
	 */
	boolean takeSlots(int wanted) {
		if (wanted > this.slots) {
			return false;
		}
		this.slots -= wanted;
		return true;
	}

	void giveSlots(int taken) {
		this.slots += taken;
	}

}
