package dev.telemetry.setting;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Settings in environment variables. Names are compared without separators, and what
 * Kubernetes injects for services whose names begin with {@code telemetry} is not seen at
 * all.
 */
public final class EnvironmentSettingSource implements SettingSource {

	private static final String NAME = "TELEMETRY_";

	private static final String PROTECTIVE = "LOCAL_ONLY";

	private final List<Setting> settings;

	/**
	 * Create a source.
	 * @param variables the variables by name
	 * @param prefix what the application has put before all names of its variables, or
	 * {@code null}
	 */
	public EnvironmentSettingSource(Map<String, ?> variables, @Nullable String prefix) {
		String start = (prefix != null) ? prefix + "_" + NAME : NAME;
		// Of two spellings the one with fewer separators wins, as in Spring Boot
		this.settings = variables.keySet()
			.stream()
			.sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
			.map((name) -> setting(start, name, variables.get(name)))
			.filter(Objects::nonNull)
			.toList();
	}

	@Override
	public @Nullable Setting find(String name) {
		String wanted = Spelling.VARIABLE.comparable(name.substring(NAME.length()));
		for (Setting setting : this.settings) {
			if (Spelling.VARIABLE.comparable(setting.key()).equals(wanted)) {
				return setting;
			}
		}
		return null;
	}

	@Override
	public List<Setting> list() {
		return this.settings;
	}

	private static @Nullable Setting setting(String prefix, String name, @Nullable Object value) {
		if (value == null) {
			return null;
		}
		String upper = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
		String origin = "environment " + name;
		if (!upper.startsWith(prefix.toUpperCase(Locale.ROOT))) {
			return isMisspelled(upper, prefix)
					? new Setting(NAME + PROTECTIVE, Spelling.VARIABLE, value.toString(), origin, false, false) : null;
		}
		Setting setting = new Setting(upper.substring(prefix.length()), Spelling.VARIABLE, value.toString(), origin,
				false, false);
		return KubernetesVariables.isServiceLink(setting) ? null : setting;
	}

	/** One variable protects so much that a typing error in its prefix is looked for. */
	private static boolean isMisspelled(String name, String prefix) {
		return EditDistance.isWithin(ProtectiveSettings.TYPING_ERROR, Spelling.VARIABLE.comparable(name),
				Spelling.VARIABLE.comparable(prefix + PROTECTIVE));
	}

}
