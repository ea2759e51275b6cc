package dev.telemetry.autoconfigure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.StringUtils;

/**
 * Settings in environment variables. Names are compared without separators, and what
 * Kubernetes injects for a service called {@code telemetry} is not seen at all.
 */
final class EnvironmentSettingSource implements SettingSource {

	private static final String NAME = "TELEMETRY_";

	private final List<Setting> settings;

	EnvironmentSettingSource(SystemEnvironmentPropertySource source) {
		String prefix = (source instanceof PropertySourceInfo info && StringUtils.hasText(info.getPrefix()))
				? info.getPrefix() + "_" + NAME : NAME;
		// Of two spellings the one with fewer separators wins, as in Spring Boot
		this.settings = Arrays.stream(source.getPropertyNames())
			.sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
			.map((name) -> setting(source, prefix, name))
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

	private static @Nullable Setting setting(SystemEnvironmentPropertySource source, String prefix, String name) {
		String upper = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
		Object value = source.getProperty(name);
		if (value == null || !upper.startsWith(prefix.toUpperCase(Locale.ROOT))) {
			return null;
		}
		String key = upper.substring(prefix.length());
		return isKubernetes(key) ? null

				: new Setting(key, Spelling.VARIABLE, value.toString(), "environment " + name, false, false);
	}

	private static boolean isKubernetes(String key) {
		String port = key.startsWith("SERVICE_") ? key.substring("SERVICE_".length()) : key;
		return key.equals("SERVICE_HOST") || port.equals("PORT") || port.startsWith("PORT_");
	}

}
