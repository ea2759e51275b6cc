package dev.telemetry.setting;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** One place that holds settings. */
public interface SettingSource {

	/**
	 * Look up a setting, however it is spelled here.
	 * @param name the canonical name, for example {@code telemetry.batch-size}
	 * @return the setting or {@code null}
	 */
	@Nullable Setting find(String name);

	/**
	 * Look up a setting, or the first part of a list or map in its place.
	 * @param name the canonical name of what has one value
	 * @return the setting, which {@link Setting#isPartOf} tells apart, or {@code null}
	 */
	default @Nullable Setting findOrPart(String name) {
		Setting setting = find(name);
		String key = name.substring("telemetry.".length());
		return (setting != null) ? setting
				: list().stream().filter((part) -> part.isPartOf(key)).findFirst().orElse(null);
	}

	/**
	 * List everything under {@code telemetry}.
	 * @return the settings; empty when the source cannot be listed
	 */
	List<Setting> list();

}
