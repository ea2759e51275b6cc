package dev.telemetry.setting;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One place where settings stand.
 */
public interface SettingSource {

	/**
	 * Look up a setting, however it is spelled here.
	 * @param name the canonical name, for example {@code telemetry.batch-size}
	 * @return the setting or {@code null}
	 */
	@Nullable Setting find(String name);

	/**
	 * List everything under {@code telemetry}.
	 * @return the settings; empty when the source cannot be listed
	 */
	List<Setting> list();

}
