package dev.telemetry.sdk;

import java.util.Locale;

/**
 * An operator's override for the events of one name, or of all names below a prefix. It
 * can only narrow what is collected.
 *
 * @param name the name of an event, or {@code prefix.*}
 * @param enabled whether such events may be recorded at all
 * @param samplingRate the largest share that may be recorded, from 0 to 1
 */
public record EventOverride(String name, boolean enabled, double samplingRate) {

	private static final String WILDCARD = ".*";

	public EventOverride {
		if (!(samplingRate >= 0 && samplingRate <= 1)) {
			throw new IllegalArgumentException("'samplingRate' must be between 0 and 1");
		}
	}

	/**
	 * Return whether this is about an event. An environment variable cannot spell dots,
	 * so case and separators do not count: to match too much only narrows.
	 * @param eventName the name of the event
	 * @return whether it matches
	 */
	boolean matches(String eventName) {
		if (this.name.endsWith(WILDCARD)) {
			return eventName.startsWith(this.name.substring(0, this.name.length() - 1));
		}
		return comparable(this.name).equals(comparable(eventName));
	}

	private static String comparable(String eventName) {
		StringBuilder letters = new StringBuilder(eventName.length());
		for (char c : eventName.toLowerCase(Locale.ROOT).toCharArray()) {
			if (c != '.' && c != '_' && c != '-') {
				letters.append(c);
			}
		}
		return letters.toString();
	}

}
