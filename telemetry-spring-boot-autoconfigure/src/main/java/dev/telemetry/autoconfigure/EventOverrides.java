package dev.telemetry.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.telemetry.sdk.EventOverride;
import dev.telemetry.setting.EventSetting;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.Spelling;
import dev.telemetry.setting.ValueParser;

/**
 * Reads what the operator says about the events of one name.
 */
final class EventOverrides {

	private static final String WILDCARD = ".*";

	private EventOverrides() {
	}

	static List<EventOverride> read(SettingReader reader) {
		Map<String, EventOverride> overrides = new LinkedHashMap<>();
		Map<EventSetting, Setting> first = new LinkedHashMap<>();
		for (Setting setting : reader.sources().list()) {
			EventSetting key = EventSetting.of(setting);
			if (key != null) {
				first.putIfAbsent(key, setting);
			}
		}
		first.forEach((key, setting) -> overrides.merge(comparable(key.name()), read(reader, key, setting),
				(a, b) -> new EventOverride(a.name(), a.enabled() && b.enabled(),
						Math.min(a.samplingRate(), b.samplingRate()))));
		return List.copyOf(overrides.values());
	}

	private static EventOverride read(SettingReader reader, EventSetting key, Setting setting) {
		String property = "telemetry.events." + key.name() + "." + key.property();
		if (key.property().equals(EventSetting.ENABLED)) {
			return new EventOverride(key.name(),
					reader.parse(property, setting, ValueParser.flag(), () -> Optional.of(false)).orElse(true), 1);
		}
		return new EventOverride(key.name(), true,
				reader.parse(property, setting, ValueParser.number(0, 1), () -> Optional.of(0.0)).orElse(1.0));
	}

	private static String comparable(String eventName) {
		return Spelling.VARIABLE.comparable(eventName) + (eventName.endsWith(WILDCARD) ? WILDCARD : "");
	}

}
