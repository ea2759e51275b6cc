package dev.telemetry.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.telemetry.setting.EncryptedValue;
import dev.telemetry.setting.EnvironmentSettingSource;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.SettingSource;
import dev.telemetry.setting.WrongValueException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.StringUtils;

/**
 * All places where settings stand, in their order: what a bean says about connections,
 * what was configured from outside, then {@code telemetry.yaml}, then what the
 * application's archive brings. Values are read when they are asked for.
 */
final class SettingSources {

	private static final String PREFIX = "telemetry.";

	private final List<SettingSource> spring;

	private final @Nullable SettingSource file;

	private final UnaryOperator<String> placeholders;

	private SettingSources(List<SettingSource> spring, @Nullable SettingSource file,
			UnaryOperator<String> placeholders) {
		this.spring = spring;
		this.file = file;
		this.placeholders = placeholders;
	}

	static SettingSources of(Environment environment) {
		List<SettingSource> spring = new ArrayList<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			spring.add((source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource variables)
					? variables(variables) : new SpringSettingSource(source));
		}
		return new SettingSources(List.copyOf(spring), null, environment::resolveRequiredPlaceholders);
	}

	static SettingSource variables(SystemEnvironmentPropertySource source) {
		boolean prefixed = source instanceof PropertySourceInfo info && StringUtils.hasText(info.getPrefix());
		return new EnvironmentSettingSource(source.getSource(),
				prefixed ? ((PropertySourceInfo) source).getPrefix() : null);
	}

	/** Return the same with a source that counts before all of them. */
	SettingSources after(SettingSource first) {
		List<SettingSource> all = new ArrayList<>(List.of(first));
		all.addAll(this.spring);
		return new SettingSources(List.copyOf(all), this.file, this.placeholders);
	}

	/** Return the same with what a look at {@code telemetry.yaml} found. */
	SettingSources with(TelemetryYamlFile.Look look) {
		return new SettingSources(this.spring, look.yaml(), this.placeholders);
	}

	/**
	 * Find every value of a property, the one that counts first. Of a list or map in the
	 * place of a value it is the first part.
	 * @param name the canonical name
	 * @return the settings
	 */
	List<Setting> findAll(String name) {
		return perSource((source) -> Stream.ofNullable(source.findOrPart(name))).stream()
			.flatMap(List::stream)
			.toList();
	}

	/**
	 * List everything under {@code telemetry}, what counts first.
	 * @return the settings
	 */
	List<Setting> list() {
		return listPerSource().stream().flatMap(List::stream).toList();
	}

	/**
	 * List everything under {@code telemetry} source by source, what counts first.
	 * @return the settings of each source
	 */
	List<List<Setting>> listPerSource() {
		return perSource((source) -> source.list().stream());
	}

	/**
	 * Find the values of a list: those of the first source that has any, whether it is
	 * written as one value or one by one.
	 * @param name the canonical name
	 * @return the settings
	 */
	List<Setting> findList(String name) {
		String key = name.substring(PREFIX.length());
		return perSource((source) -> Stream.concat(Stream.ofNullable(source.find(name)),
				source.list().stream().filter((setting) -> setting.below(key) != null)))
			.stream()
			.findFirst()
			.orElse(List.of());
	}

	/**
	 * Resolve the placeholders of a setting.
	 * @param setting the setting
	 * @return its value as it stands there
	 * @throws WrongValueException if a placeholder has no value, or the value is still
	 * encrypted
	 */
	String resolve(Setting setting) {
		try {
			String value = this.placeholders.apply(setting.text());
			EncryptedValue.refuse(value);
			return value;
		}
		catch (IllegalArgumentException ex) {
			// The cause is left out: its message quotes the value, which may be a secret
			throw new WrongValueException("has a placeholder that cannot be resolved",
					"set what the placeholder names, or give it a default");
		}
	}

	private List<List<Setting>> perSource(Function<SettingSource, Stream<Setting>> values) {
		List<List<Setting>> result = new ArrayList<>();
		this.spring.forEach((source) -> result.add(values.apply(source).filter((s) -> !s.packaged()).toList()));
		if (this.file != null) {
			result.add(values.apply(this.file).toList());
		}
		this.spring.forEach((source) -> result.add(values.apply(source).filter(Setting::packaged).toList()));
		result.removeIf(List::isEmpty);
		return result;
	}

}
