package dev.telemetry.autoconfigure;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.CommandLinePropertySource;

/**
 * Settings in one of Spring's property sources, with Spring Boot's relaxed names.
 */
final class SpringSettingSource implements SettingSource {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("telemetry");

	private final ConfigurationPropertySource source;

	SpringSettingSource(ConfigurationPropertySource source) {
		this.source = source;
	}

	@Override
	public @Nullable Setting find(String name) {
		return setting(ConfigurationPropertyName.of(name));
	}

	@Override
	public List<Setting> list() {
		if (!(this.source instanceof IterableConfigurationPropertySource iterable)) {
			return List.of();
		}
		return iterable.stream().filter(PREFIX::isAncestorOf).map(this::setting).filter(Objects::nonNull).toList();
	}

	private @Nullable Setting setting(ConfigurationPropertyName name) {
		ConfigurationProperty property = this.source.getConfigurationProperty(name);
		if (property == null) {
			return null;
		}
		SettingOrigin origin = SettingOrigin.of(property.getOrigin());
		String text = String.valueOf(property.getValue());
		boolean repeated = this.source.getUnderlyingSource() instanceof CommandLinePropertySource<?>
				&& text.indexOf(',') >= 0;
		return new Setting(key(name), Spelling.DOTTED, text, origin.description(), origin.packaged(), repeated);
	}

	private static String key(ConfigurationPropertyName name) {
		StringBuilder key = new StringBuilder();
		for (int i = PREFIX.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
			key.append(key.isEmpty() ? "" : ".").append(name.getElement(i, Form.ORIGINAL));
		}
		return key.toString();
	}

}
