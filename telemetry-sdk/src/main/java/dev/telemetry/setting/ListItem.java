package dev.telemetry.setting;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An item of a list in a place where a map is expected: {@code headers[0]}, or
 * {@code headers[0].Authorization} of a list of maps.
 *
 * @param index the index as spelled, without leading zeros
 * @param name the name in the item's own map, or {@code null}
 */
public record ListItem(String index, @Nullable String name) {

	private static final Pattern DOTTED = Pattern.compile("0*([0-9]+)(?:\\.(.+))?");

	private static final Pattern VARIABLE = Pattern.compile("0*([0-9]+)(?:_(.+))?");

	private static final Pattern INDEX = Pattern.compile("(?:^|\\.)[0-9]+(?:\\.|$)");

	/**
	 * Read the key of a setting.
	 * @param setting the setting
	 * @param map the name of the map, without {@code telemetry.}
	 * @return the item, or {@code null} if the setting belongs to no list there
	 */
	public static @Nullable ListItem of(Setting setting, String map) {
		String rest = setting.below(map);
		Matcher matcher = ((setting.spelling() == Spelling.VARIABLE) ? VARIABLE : DOTTED)
			.matcher((rest != null) ? rest : "");
		return matcher.matches() ? new ListItem(matcher.group(1), matcher.group(2)) : null;
	}

	/**
	 * Return whether a value is in a list of its own. A variable may be called anything,
	 * so that a number in its name says nothing.
	 * @param setting the setting
	 * @param name its name in the map or in the item of the list
	 * @return whether an index is part of the name
	 */
	static boolean isWithin(Setting setting, String name) {
		return setting.spelling() == Spelling.DOTTED && INDEX.matcher(name).find();
	}

	/**
	 * Return whether another setting of the same source is about the same item.
	 * @param setting the setting of this item
	 * @param source all settings of its source
	 * @param map the name of the map, without {@code telemetry.}
	 * @return whether there are two
	 */
	@SuppressWarnings("ReferenceEquality") // two settings of equal text are two
	boolean isTwiceIn(Setting setting, List<Setting> source, String map) {
		return source.stream().filter((other) -> other != setting).anyMatch((other) -> {
			ListItem item = of(other, map);
			return item != null && item.index().equals(this.index);
		});
	}

}
