package dev.telemetry.autoconfigure;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.telemetry.setting.Setting;
import dev.telemetry.setting.Spelling;
import dev.telemetry.setting.WrongValueException;
import org.jspecify.annotations.Nullable;

/**
 * The names under {@code telemetry}, and what to say about one that is not among them. A
 * test compares them with the metadata generated from {@link TelemetryProperties} and its
 * like.
 */
final class KnownProperties {

	/** Names with one value, without {@code telemetry.}. */
	static final List<String> VALUES = List.of("feature.enabled", "enabled", "consent.notice", "consent.max-age",
			"consent.trust-packaged", "consent.detect-test-environment", "consent.detect-ci", "home", "tool.name",
			"tool.version", "machine-id.mode", "machine-id.salt", "runtime-fields", "local-only", "file.enabled",
			"file.max-size", "file.max-history", "file.max-age", "local-path", "stdout.enabled", "endpoint", "signal",
			"protocol", "compression", "allow-insecure", "service-name", "service-namespace", "deployment-environment",
			"batch-size", "batch-timeout", "export-timeout", "debug", "buffer.capacity", "shutdown-timeout",
			"delivery.retry.initial", "delivery.retry.max", "delivery.retry.multiplier", "delivery.retry.jitter",
			"delivery.mode", "spill.max-size", "spill.max-age", "spill.fsync", "http.endpoint", "http.bearer-token",
			"ssl.bundle", "kafka.topic", "undeclared", "max-attributes", "max-attribute-length", "deletion.http.url",
			"deletion.email.address", "deletion.event", "consent.require-notice", "consent.prompt", "consent.store",
			"consent.jdbc.initialize-schema", "anomaly.enabled", "anomaly.cooldown", "posthog.api-key", "posthog.host",
			"segment.write-key", "segment.host", "datadog.api-key", "datadog.site");

	/** Names of lists. */
	static final List<String> LISTS = List.of("specs", "web.allowed-hosts");

	/** Names of maps. */
	static final List<String> MAPS = List.of("metadata", "headers", "http.headers", "events");

	/** Short names of the source systems. */
	private static final List<String> ALIASES = List.of("opt-in", "local");

	/** Names that count on the command line only. */
	private static final List<String> COMMAND_LINE = List.of("command", "scope", "notice", "output");

	private KnownProperties() {
	}

	/**
	 * Judge a name.
	 * @param setting the setting that bears it
	 * @return what is wrong with the name, or {@code null}
	 */
	static @Nullable WrongValueException judge(Setting setting) {
		if (isKnown(setting)) {
			return null;
		}
		if (COMMAND_LINE.stream().anyMatch((name) -> is(setting, name))) {
			return setting.origin().startsWith("command line") ? null
					: new WrongValueException("counts on the command line only", "remove it");
		}
		if (MAPS.stream().anyMatch((name) -> is(setting, name))) {
			return new WrongValueException("is a map", "set " + displayName(setting) + ".<key>");
		}
		String nearest = nearest(Spelling.VARIABLE.comparable(setting.key()));
		return new WrongValueException("unknown property",
				(nearest != null) ? "did you mean telemetry." + nearest + "?" : "remove it");
	}

	/**
	 * Return the name a problem is reported under.
	 * @param setting the setting
	 * @return the name as spelled, with dashes for underscores
	 */
	static String displayName(Setting setting) {
		return "telemetry." + setting.key().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static boolean isKnown(Setting setting) {
		return Stream.of(VALUES, LISTS, ALIASES).flatMap(List::stream).anyMatch((name) -> is(setting, name))
				|| LISTS.stream().anyMatch((name) -> isNumber(setting.below(name))) || is(setting, "headers")
				|| setting.below("headers") != null || is(setting, "http.headers")
				|| setting.below("http.headers") != null || setting.below("metadata") != null
				|| EventOverrides.Key.of(setting) != null || isEmptyMap(setting);
	}

	/** Spring turns a map without entries into an empty value. */
	private static boolean isEmptyMap(Setting setting) {
		return setting.text().isBlank() && MAPS.stream().anyMatch((name) -> is(setting, name));
	}

	static boolean is(Setting setting, String name) {
		return setting.isNamed(name);
	}

	private static boolean isNumber(@Nullable String key) {
		return key != null && key.chars().allMatch(Character::isDigit);
	}

	private static @Nullable String nearest(String key) {
		int limit = Math.max(1, Math.min(3, key.length() / 4));
		return Stream.of(VALUES, LISTS, MAPS)
			.flatMap(List::stream)
			.filter((name) -> distance(key, Spelling.VARIABLE.comparable(name)) <= limit)
			.min(Comparator.comparingInt((name) -> distance(key, Spelling.VARIABLE.comparable(name))))
			.orElse(null);
	}

	/** Optimal string alignment: insertions, deletions, substitutions and swaps. */
	private static int distance(String a, String b) {
		int[][] d = new int[a.length() + 1][b.length() + 1];
		for (int i = 0; i <= a.length(); i++) {
			for (int j = 0; j <= b.length(); j++) {
				d[i][j] = (i == 0 || j == 0) ? i + j : step(d, a, b, i, j);
			}
		}
		return d[a.length()][b.length()];
	}

	private static int step(int[][] d, String a, String b, int i, int j) {
		int cost = (a.charAt(i - 1) != b.charAt(j - 1)) ? 1 : 0;
		int best = Math.min(d[i - 1][j - 1] + cost, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
		boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
		return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
	}

}
