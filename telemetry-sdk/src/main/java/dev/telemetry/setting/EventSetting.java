package dev.telemetry.setting;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which event one setting below {@code telemetry.events} is about.
 *
 * @param name the name of an event, or {@code prefix.*}
 * @param property {@link #ENABLED} or {@link #SAMPLING_RATE}
 */
public record EventSetting(String name, String property) {

	/** Whether the event is recorded. */
	public static final String ENABLED = "enabled";

	/** Share of the events that is recorded. */
	public static final String SAMPLING_RATE = "sampling-rate";

	private static final List<String> SUFFIXES = List.of(ENABLED, SAMPLING_RATE, "sampling_rate", "samplingRate",
			"samplingrate");

	/**
	 * Read the key of a setting.
	 * @param setting the setting
	 * @return what it is about, or {@code null} if it is no such setting
	 */
	public static @Nullable EventSetting of(Setting setting) {
		String rest = setting.below("events");
		if (rest == null) {
			return null;
		}
		char separator = (setting.spelling() == Spelling.VARIABLE) ? '_' : '.';
		for (String suffix : SUFFIXES) {
			if (rest.endsWith(separator + suffix)) {
				String name = rest.substring(0, rest.length() - suffix.length() - 1).replace(separator, '.');
				return new EventSetting(name, suffix.equals(ENABLED) ? ENABLED : SAMPLING_RATE);
			}
		}
		return null;
	}

}
