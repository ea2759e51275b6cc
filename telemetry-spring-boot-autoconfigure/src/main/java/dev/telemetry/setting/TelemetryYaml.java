package dev.telemetry.setting;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The settings of the file {@code telemetry.yaml} in the home. What says where the home
 * is, and what decides about consent, is not taken from it like other settings.
 */
public final class TelemetryYaml implements SettingSource {

	public static final String NAME = "telemetry.yaml";

	private static final Set<String> IGNORED = Set.of("home", "feature", "consent");

	private static final Set<String> ENABLED = Set.of("enabled", "optin");

	private final List<Setting> all;

	/**
	 * Create what the file says.
	 * @param all every setting in it
	 */
	public TelemetryYaml(List<Setting> all) {
		this.all = List.copyOf(all);
	}

	@Override
	public @Nullable Setting find(String name) {
		String wanted = Spelling.DOTTED.comparable(name.substring("telemetry.".length()));
		return list().stream().filter((setting) -> comparable(setting).equals(wanted)).findFirst().orElse(null);
	}

	@Override
	public List<Setting> list() {
		return this.all.stream().filter((setting) -> !isIgnored(setting) && !isEnabled(setting)).toList();
	}

	/**
	 * Return what the file says about consent: rule 11. A key in which anything but
	 * letters, dashes and underscores stands is another key: damage is not mended into a
	 * yes.
	 * @return the setting {@code enabled}, or {@code null}
	 */
	public @Nullable Setting enabled() {
		return this.all.stream()
			.filter((setting) -> setting.key().matches("[A-Za-z_-]+") && comparable(setting).equals("enabled"))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Return the settings that are not read from this file.
	 * @return the settings, without {@code enabled}
	 */
	public List<Setting> ignored() {
		return this.all.stream().filter(TelemetryYaml::isIgnored).toList();
	}

	private static boolean isIgnored(Setting setting) {
		return IGNORED.contains(Stream.of(comparable(setting).split("\\.", 2)).findFirst().orElse(""));
	}

	private static boolean isEnabled(Setting setting) {
		return ENABLED.contains(comparable(setting));
	}

	private static String comparable(Setting setting) {
		return Spelling.DOTTED.comparable(setting.key()).toLowerCase(Locale.ROOT);
	}

}
