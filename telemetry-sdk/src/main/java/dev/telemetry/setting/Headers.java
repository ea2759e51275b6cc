package dev.telemetry.setting;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.telemetry.sink.HttpHeaders;

/**
 * Merges the request headers of several settings by name, whatever its case. Which
 * headers there may be is said by {@link HttpHeaders}.
 */
public final class Headers {

	private Map<String, String> values = Map.of();

	private HttpHeaders merged = HttpHeaders.NONE;

	/**
	 * Add headers, replacing those of the same names.
	 * @param others the values by name
	 * @throws WrongValueException if one of them cannot be sent; then none is added
	 */
	public void putAll(Map<String, String> others) {
		others.values().forEach(EncryptedValue::refuse);
		Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		all.putAll(this.values);
		others.forEach((name, value) -> {
			// Else the old spelling of the name stays
			all.remove(name);
			all.put(name, value);
		});
		try {
			this.merged = HttpHeaders.of(all);
		}
		catch (IllegalArgumentException ex) {
			throw new WrongValueException("cannot be sent: " + ex.getMessage(), "write 'Name: value, Name: value'");
		}
		this.values = all;
	}

	/**
	 * Return whether a setting holds one header of a map or list, or all of them.
	 * @param setting the setting
	 * @param map the name of the map, without {@code telemetry.}
	 * @return whether it can be {@link #put}
	 */
	public static boolean isSetBy(Setting setting, String map) {
		return setting.below(map) != null || setting.isNamed(map);
	}

	/**
	 * Add what a setting says, replacing headers of the same names.
	 * @param setting a setting of the map
	 * @param source all settings of its source
	 * @param map the name of the map, without {@code telemetry.}
	 * @param text its value
	 * @throws WrongValueException if it cannot be sent
	 */
	public void put(Setting setting, List<Setting> source, String map, String text) {
		String name = setting.below(map);
		ListItem item = ListItem.of(setting, map);
		if (item != null && item.isTwiceIn(setting, source, map)) {
			throw new WrongValueException("has two values for item " + item.index() + " of a list",
					"write one 'Name: value' for each item");
		}
		if (item != null) {
			name = item.name();
		}
		if (name != null && ListItem.isWithin(setting, name)) {
			throw new WrongValueException("has a list or a map in the place of one header",
					"write one 'Name: value' for each header");
		}
		putAll((name != null) ? Map.of(headerName(setting, name), text) : HeaderString.parse(text));
	}

	/** A variable cannot spell dashes, and header names have hardly ever underscores. */
	private static String headerName(Setting setting, String name) {
		return (setting.spelling() == Spelling.VARIABLE) ? name.replace('_', '-') : name;
	}

	/**
	 * Return what was added so far.
	 * @return the checked headers
	 */
	public HttpHeaders merged() {
		return this.merged;
	}

}
