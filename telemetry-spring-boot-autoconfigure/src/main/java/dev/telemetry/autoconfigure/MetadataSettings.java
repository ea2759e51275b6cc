package dev.telemetry.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.telemetry.setting.ListItem;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.ValueParser;
import dev.telemetry.setting.WrongValueException;

/**
 * Reads the attributes that every event has, whose names are kept as they are written.
 */
final class MetadataSettings {

	private MetadataSettings() {
	}

	static Map<String, String> read(SettingReader reader) {
		Map<String, Setting> first = new LinkedHashMap<>();
		for (Setting setting : reader.sources().list()) {
			String key = setting.below("metadata");
			if (key != null) {
				first.putIfAbsent(key, setting);
			}
		}
		Map<String, String> metadata = new LinkedHashMap<>();
		first.forEach((key, setting) -> {
			ValueParser<String> line = ValueParser.line(4096);
			ValueParser<String> parser = (ListItem.of(setting, "metadata") == null) ? line : (text) -> {
				throw new WrongValueException("is an item of a list", "write a map, 'name: value'");
			};
			reader.parse("telemetry.metadata." + key, setting, parser, Optional::empty)
				.ifPresent((value) -> metadata.put(key, value));
		});
		return metadata;
	}

}
