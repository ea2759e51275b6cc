package dev.telemetry.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.telemetry.EventOverride;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.Spelling;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the operator says about the events of one name.
 */
final class EventOverrides {

	private static final String WILDCARD = ".*";

	private EventOverrides() {
	}

	static List<EventOverride> read(SettingReader reader) {
		Map<String, EventOverride> overrides = new LinkedHashMap<>();
		Map<Key, Setting> first = new LinkedHashMap<>();
		for (Setting setting : reader.sources().list()) {
			Key key = Key.of(setting);
			if (key != null) {
				first.putIfAbsent(key, setting);
			}
		}
		first.forEach((key, setting) -> overrides.merge(comparable(key.name()), read(reader, key, setting),
				(a, b) -> new EventOverride(a.name(), a.enabled() && b.enabled(),
						Math.min(a.samplingRate(), b.samplingRate()))));
		return List.copyOf(overrides.values());
	}

	private static EventOverride read(SettingReader reader, Key key, Setting setting) {
		String property = "telemetry.events." + key.name() + "." + key.property();
		if (key.property().equals(Key.ENABLED)) {
			return new EventOverride(key.name(),
					reader.parse(property, setting, ValueParser.flag(), () -> Optional.of(false)).orElse(true), 1);
		}
		return new EventOverride(key.name(), true,
				reader.parse(property, setting, ValueParser.number(0, 1), () -> Optional.of(0.0)).orElse(1.0));
	}

	private static String comparable(String eventName) {
		return Spelling.VARIABLE.comparable(eventName) + (eventName.endsWith(WILDCARD) ? WILDCARD : "");
	}

	/**
	 * What one setting is about.
	 *
	 * @param name the name of an event, or {@code prefix.*}
	 * @param property {@code enabled} or {@code sampling-rate}
	 */
	record Key(String name, String property) {

		private static final String ENABLED = "enabled";

		private static final List<String> SUFFIXES = List.of("enabled", "sampling-rate", "sampling_rate",
				"samplingRate", "samplingrate");

		static @Nullable Key of(Setting setting) {
			String rest = setting.below("events");
			if (rest == null) {
				return null;
			}
			char separator = (setting.spelling() == Spelling.VARIABLE) ? '_' : '.';
			for (String suffix : SUFFIXES) {
				if (rest.endsWith(separator + suffix)) {
					String name = rest.substring(0, rest.length() - suffix.length() - 1).replace(separator, '.');
					return new Key(name, suffix.equals(ENABLED) ? ENABLED : "sampling-rate");
				}
			}
			return null;
		}

	}

}
