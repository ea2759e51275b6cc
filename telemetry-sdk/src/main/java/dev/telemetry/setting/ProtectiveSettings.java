package dev.telemetry.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The settings that keep events here or lessen what is in them, and what an unknown name
 * may have meant: where a name is a typing error away from one of these, the value that
 * protects would be lost without a word.
 */
public final class ProtectiveSettings {

	/** Names with one value, without {@code telemetry.}. */
	private static final List<String> NAMES = List.of("local-only", "local", "enabled", "opt-in", "undeclared",
			"machine-id.mode", "runtime-fields", "feature.enabled", "consent.notice", "consent.max-age",
			"consent.trust-packaged", "consent.detect-test-environment", "consent.detect-ci", "consent.require-notice",
			"consent.prompt", "consent.store", "consent.jdbc.initialize-schema");

	private static final String EVENTS = "events";

	/** A value for a whole group is none for anything in it. */
	private static final List<String> GROUPS = List.of("consent", "feature", "machine-id", EVENTS);

	/** Below them any name is allowed. */
	private static final List<String> MAPS = List.of("metadata", "headers", "http.headers");

	private static final Set<String> GRANTS = Set.of("enabled", "opt-in");

	private static final Set<String> TRUE_WORDS = Set.of("1", "true", "yes", "y", "on");

	private static final String PREFIX = "telemetry";

	/** Two letters are a typing error; three may be another word. */
	static final int TYPING_ERROR = 2;

	private ProtectiveSettings() {
	}

	/**
	 * Find a setting that cannot be used and may have been meant to protect.
	 * @param settings everything that is set, known or not
	 * @return the first such setting, or {@code null}
	 */
	public static @Nullable Setting findUnusable(List<Setting> settings) {
		return settings.stream().filter((setting) -> meantBy(setting) != null).findFirst().orElse(null);
	}

	/**
	 * Return which protective setting an unknown one may have been meant to be.
	 * @param setting a setting
	 * @return the name without {@code telemetry.}, or {@code null} if the setting is
	 * known, or like none of them
	 */
	public static @Nullable String meantBy(Setting setting) {
		if (isUnmistakable(setting)) {
			return null;
		}
		for (String key : keys(setting)) {
			String comparable = Spelling.VARIABLE.comparable(key);
			for (String name : NAMES) {
				if (isLike(comparable, name) && !isMisplacedGrant(setting, comparable, name)) {
					return name;
				}
			}
			if (isLikeOverride(key)) {
				return EVENTS;
			}
		}
		return GROUPS.stream().filter(setting::isNamed).findFirst().orElse(null);
	}

	/**
	 * Other names need not be known: none is called nearly like one of these, which a
	 * test holds.
	 */
	private static boolean isUnmistakable(Setting setting) {
		return NAMES.stream().anyMatch((name) -> setting.isNamed(name) || setting.isPartOf(name))
				|| MAPS.stream().anyMatch((map) -> setting.below(map) != null) || EventSetting.of(setting) != null
				|| (setting.isNamed(EVENTS) && setting.text().isBlank());
	}

	/** The key, and what it is below: a value may be a list or a map. */
	private static List<String> keys(Setting setting) {
		List<String> keys = new ArrayList<>();
		String key = setting.key();
		keys.add(key);
		for (int dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
			keys.add(key.substring(0, dot));
		}
		return keys;
	}

	private static boolean isLike(String comparable, String name) {
		String wanted = Spelling.VARIABLE.comparable(name);
		return EditDistance.isWithin(TYPING_ERROR, comparable, wanted)
				|| EditDistance.isWithin(TYPING_ERROR, comparable, PREFIX + wanted);
	}

	/** A grant that is spelled right and is in the wrong place protects nothing. */
	private static boolean isMisplacedGrant(Setting setting, String comparable, String name) {
		return GRANTS.contains(name) && comparable.equals(PREFIX + Spelling.VARIABLE.comparable(name))
				&& TRUE_WORDS.contains(setting.text().strip().toLowerCase(Locale.ROOT));
	}

	/** Every override of an event lessens what is recorded. */
	private static boolean isLikeOverride(String key) {
		int end = key.replace('_', '.').indexOf('.');
		if (end < 0
				|| !EditDistance.isWithin(TYPING_ERROR, Spelling.VARIABLE.comparable(key.substring(0, end)), EVENTS)) {
			return false;
		}
		String rest = Spelling.VARIABLE.comparable(key.substring(end));
		return endsLike(rest, "enabled") || endsLike(rest, "samplingrate");
	}

	private static boolean endsLike(String text, String word) {
		for (int length = word.length() - TYPING_ERROR; length <= word.length() + TYPING_ERROR; length++) {
			int start = text.length() - length;
			if (start > 0 && EditDistance.isWithin(TYPING_ERROR, text.substring(start), word)) {
				return true;
			}
		}
		return false;
	}

}
