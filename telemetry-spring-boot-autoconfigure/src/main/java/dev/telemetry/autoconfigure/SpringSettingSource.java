package dev.telemetry.autoconfigure;

import java.util.Arrays;
import java.util.List;

import dev.telemetry.setting.Setting;
import dev.telemetry.setting.SettingSource;
import dev.telemetry.setting.Spelling;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Settings in one of Spring's property sources, with Spring Boot's relaxed names.
 */
final class SpringSettingSource implements SettingSource {

	private static final String PREFIX = "telemetry.";

	private final ConfigurationPropertySource source;

	SpringSettingSource(ConfigurationPropertySource source) {
		this.source = source;
	}

	@Override
	public @Nullable Setting find(String name) {
		ConfigurationProperty property = this.source.getConfigurationProperty(ConfigurationPropertyName.of(name));
		return (property != null) ? setting(name, property.getValue(), property.getOrigin()) : null;
	}

	/**
	 * From the names as written: the names of Spring Boot know neither {@code *} nor
	 * case.
	 */
	@Override
	public List<Setting> list() {
		if (!(this.source.getUnderlyingSource() instanceof EnumerablePropertySource<?> enumerable)) {
			return List.of();
		}
		return Arrays.stream(enumerable.getPropertyNames())
			.filter((name) -> name.regionMatches(true, 0, PREFIX, 0, PREFIX.length()))
			.map((name) -> setting(name, enumerable.getProperty(name), PropertySourceOrigin.get(enumerable, name)))
			.toList();
	}

	private Setting setting(String name, @Nullable Object value, @Nullable Origin origin) {
		SettingOrigin where = SettingOrigin.of(origin);
		String text = (value != null) ? value.toString() : "";
		boolean repeated = this.source.getUnderlyingSource() instanceof CommandLinePropertySource<?>
				&& text.indexOf(',') >= 0;
		String key = name.substring(PREFIX.length()).replace('[', '.').replace("]", "");
		return new Setting(key, Spelling.DOTTED, text, where.description(), where.packaged(), repeated);
	}

}
