package dev.telemetry.setting;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The names under {@code telemetry}, and what to say about one that is not among them.
 * They are those of the records that hold the properties; none is stated here. All are
 * without {@code telemetry.}.
 *
 * @param values names with one value
 * @param lists names of lists
 * @param maps names of maps
 * @param aliases other names of values
 */
public record PropertyNames(List<String> values, List<String> lists, List<String> maps, List<String> aliases) {

	/** Names that count on the command line only. */
	private static final List<String> COMMAND_LINE = List.of("command", "scope", "notice", "output", "since", "until",
			"event", "by", "sum");

	/** A name that the test kit reads. */
	private static final String TEST_KIT = "test.auto-configure";

	/** What the names in {@code telemetry.yaml} do not begin with. */
	private static final Pattern PREFIX = Pattern.compile("(?i)telemetry[._-]?(.+)");

	public PropertyNames {
		values = List.copyOf(values);
		lists = List.copyOf(lists);
		maps = List.copyOf(maps);
		aliases = List.copyOf(aliases);
	}

	/**
	 * Return every name.
	 * @return the names, maps by the name of the map
	 */
	public List<String> all() {
		return Stream.of(this.values, this.lists, this.maps).flatMap(List::stream).toList();
	}

	/**
	 * Judge a name in the application's configuration.
	 * @param setting the setting with that name
	 * @return what is wrong with the name, or {@code null}
	 */
	public @Nullable WrongValueException judge(Setting setting) {
		if (isKnown(setting) || partOf(setting) != null || setting.isNamed(TEST_KIT)) {
			return null;
		}
		if (COMMAND_LINE.stream().anyMatch(setting::isNamed)) {
			return setting.origin().startsWith("command line") ? null
					: new WrongValueException("counts on the command line only", "remove it");
		}
		if (this.maps.stream().anyMatch(setting::isNamed)) {
			return new WrongValueException("is a map", "set " + displayName(setting) + ".<key>");
		}
		String inside = firstOfGroup(setting);
		if (inside != null) {
			return new WrongValueException("is a group of properties, which has no value itself",
					"set one of them, such as telemetry." + inside);
		}
		String nearest = nearest(setting);
		return new WrongValueException("unknown property",
				(nearest != null) ? "did you mean telemetry." + nearest + "?" : "remove it");
	}

	/**
	 * Judge a name in {@code telemetry.yaml}, where names have no prefix and the one that
	 * grants is {@code enabled}.
	 * @param setting the setting with that name
	 * @return what is wrong with the name, or {@code null}
	 */
	public @Nullable WrongValueException judgeInFile(Setting setting) {
		if (TelemetryYaml.isEnabled(setting)) {
			return null;
		}
		if (TelemetryYaml.isIgnored(setting)) {
			return new WrongValueException("is not read from " + TelemetryYaml.NAME,
					"set it in the application's configuration");
		}
		if (setting.isNamed("opt-in")) {
			return new WrongValueException("is a name for the environment", "write 'enabled'");
		}
		Setting plain = withoutPrefix(setting);
		if (plain != null && (judgeInFile(plain) == null || plain.isNamed("opt-in"))) {
			return new WrongValueException("has a prefix that names in " + TelemetryYaml.NAME + " do not have",
					"write '" + (plain.isNamed("opt-in") ? "enabled" : plain.key()) + "'");
		}
		return judge(setting);
	}

	private static @Nullable Setting withoutPrefix(Setting setting) {
		Matcher matcher = PREFIX.matcher(setting.key());
		return matcher.matches() ? new Setting(matcher.group(1), setting.spelling(), setting.text(), setting.origin(),
				setting.packaged(), setting.repeated()) : null;
	}

	/**
	 * Return the name a problem is reported under.
	 * @param setting the setting
	 * @return the name as spelled, with dashes for underscores
	 */
	public static String displayName(Setting setting) {
		return "telemetry." + setting.key().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Return the name with one value of which a setting is a part, as the parts of a list
	 * or map are.
	 * @param setting the setting
	 * @return the name, or {@code null}
	 */
	public @Nullable String partOf(Setting setting) {
		return isKnown(setting) ? null
				: Stream.of(this.values, this.aliases)
					.flatMap(List::stream)
					.filter(setting::isPartOf)
					.findFirst()
					.orElse(null);
	}

	private boolean isKnown(Setting setting) {
		return Stream.of(this.values, this.lists, this.aliases).flatMap(List::stream).anyMatch(setting::isNamed)
				|| this.lists.stream().anyMatch((name) -> isNumber(setting.below(name)))
				|| Headers.isSetBy(setting, "headers") || Headers.isSetBy(setting, "http.headers")
				|| setting.below("metadata") != null || EventSetting.of(setting) != null || isEmptyMap(setting);
	}

	/** Spring turns a map without entries into an empty value. */
	private boolean isEmptyMap(Setting setting) {
		return setting.text().isBlank() && this.maps.stream().anyMatch(setting::isNamed);
	}

	private static boolean isNumber(@Nullable String key) {
		return key != null && key.chars().allMatch(Character::isDigit);
	}

	private @Nullable String firstOfGroup(Setting setting) {
		for (String name : all()) {
			for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
				if (setting.isNamed(name.substring(0, dot))) {
					return name;
				}
			}
		}
		return null;
	}

	private @Nullable String nearest(Setting setting) {
		String key = Spelling.VARIABLE.comparable(setting.key());
		int limit = Math.max(1, Math.min(3, key.length() / 4));
		return all().stream()
			.filter((name) -> distance(key, name) <= limit)
			.min(Comparator.comparingInt((name) -> distance(key, name)))
			.orElseGet(() -> ProtectiveSettings.meantBy(setting));
	}

	private static int distance(String key, String name) {
		return EditDistance.between(key, Spelling.VARIABLE.comparable(name));
	}

}
