package dev.telemetry.setting;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The settings of the file {@code telemetry.yaml} in the home. What says where the home
 * is, what decides about consent, and what an application consists of, is not taken from
 * it like other settings.
 */
public final class TelemetryYaml implements SettingSource {

	public static final String NAME = "telemetry.yaml";

	private static final Set<String> IGNORED = Set.of("home", "feature", "consent", "commandevents");

	/** What grants is asked for by {@link #enabled()} alone. */
	private static final Set<String> GRANTS = Set.of("enabled", "optin");

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
		return this.all.stream()
			.filter((setting) -> !isIgnored(setting) && !GRANTS.contains(comparable(setting)))
			.toList();
	}

	/**
	 * Return everything the file says, also what is not taken from it.
	 * @return the settings in their order
	 */
	public List<Setting> all() {
		return this.all;
	}

	/**
	 * Return what the file says about consent: rule 11. A key that contains any character
	 * except letters, dashes and underscores is another key: a damaged key is never read
	 * as consent granted.
	 * @return the setting {@code enabled}, or {@code null}
	 */
	public @Nullable Setting enabled() {
		return this.all.stream().filter(TelemetryYaml::isEnabled).findFirst().orElse(null);
	}

	/**
	 * Return what a list or map holds in the place of {@link #enabled()}. It says nothing
	 * about consent.
	 * @return the first of it, or {@code null}
	 */
	public @Nullable Setting partOfEnabled() {
		return this.all.stream().filter((setting) -> setting.isPartOf("enabled")).findFirst().orElse(null);
	}

	/**
	 * Return whether a setting is not taken from the file.
	 * @param setting a setting of the file
	 * @return whether it has to be set elsewhere
	 */
	public static boolean isIgnored(Setting setting) {
		return IGNORED.contains(comparable(setting).split("\\.", 2)[0]);
	}

	/**
	 * Return whether a setting is what the file says about consent.
	 * @param setting a setting of the file
	 * @return whether it is {@link #enabled()}
	 */
	public static boolean isEnabled(Setting setting) {
		return setting.key().matches("[A-Za-z_-]+") && comparable(setting).equals("enabled");
	}

	private static String comparable(Setting setting) {
		return Spelling.DOTTED.comparable(setting.key());
	}

}
