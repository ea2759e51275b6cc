package dev.telemetry.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.telemetry.autoconfigure.PropertyRules.ReadApart;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.ValueParser;
import dev.telemetry.setting.WrongValueException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;

/**
 * What all sources say, as one source with canonical names: of each property the value
 * that wins, if it is not blank, and where it is written. Spring Boot's own sources would
 * lose placeholders that cannot be resolved, values of a list beside a wrong one, and
 * which value is packaged. Maps are not in it: they have their own readers, which keep
 * their keys as they are written.
 */
final class FlatSettings {

	private final SettingReader reader;

	private final Map<String, SettingText> texts = new LinkedHashMap<>();

	private final Map<String, Object> values = new LinkedHashMap<>();

	private FlatSettings(SettingReader reader) {
		this.reader = reader;
	}

	/**
	 * Read all sources.
	 * @param reader knows the sources, and takes what is wrong with items of lists
	 * @param tree what is looked for
	 * @return what they say
	 */
	static FlatSettings read(SettingReader reader, PropertyTree tree) {
		FlatSettings settings = new FlatSettings(reader);
		for (Property property : tree.list()) {
			if (property.isList()) {
				settings.addList(property);
			}
			else if (property.isValue() && !property.has(ReadApart.class)) {
				settings.addValue(property);
			}
		}
		return settings;
	}

	private void addValue(Property property) {
		Setting setting = this.reader.sources().findAll(property.name()).stream().findFirst().orElse(null);
		SettingText text = (setting != null) ? text(property, setting) : null;
		if (text != null) {
			this.texts.put(property.name(), text);
			this.values.put(property.name(), OriginTrackedValue.of(text, new TextOrigin(text.origin())));
		}
	}

	private @Nullable SettingText text(Property property, Setting setting) {
		try {
			String key = property.name().substring(PropertyTree.PREFIX.length());
			if (setting.isPartOf(key)) {
				throw SettingReader.notOneValue();
			}
			String value = this.reader.sources().resolve(setting);
			String text = value.trim();
			if (text.isEmpty()) {
				return null;
			}
			SettingReader.refuseRepeated(setting);
			return SettingText.of(property, text, setting.origin(),
					PropertyTree.SECRETS.hasStrayLineBreak(setting, value));
		}
		catch (WrongValueException ex) {
			return SettingText.wrong(property, setting.origin(), ex);
		}
	}

	/** A wrong item is left out and does not take the others with it. */
	@SuppressWarnings("unchecked")
	private void addList(Property property) {
		List<Setting> settings = this.reader.sources().findList(property.name());
		ValueParser<List<String>> parser = (ValueParser<List<String>>) property.parser();
		List<String> items = new ArrayList<>();
		for (Setting setting : settings) {
			this.reader.parse(property.name(), setting, parser, Optional::empty).ifPresent(items::addAll);
		}
		if (!settings.isEmpty()) {
			this.values.put(property.name(), items);
		}
	}

	/**
	 * Return the text of a property.
	 * @param name the canonical name
	 * @return the text, or {@code null} if nothing is set
	 */
	@Nullable SettingText find(String name) {
		return this.texts.get(name);
	}

	/**
	 * Leave out a value, as if it were not set.
	 * @param name the canonical name
	 */
	void remove(String name) {
		this.values.remove(name);
	}

	/** Return all of them for Spring Boot's binder. */
	ConfigurationPropertySource source() {
		OriginTrackedMapPropertySource source = new OriginTrackedMapPropertySource("telemetry", this.values);
		return Objects.requireNonNull(ConfigurationPropertySource.from(source));
	}

	/**
	 * Where a value is written.
	 *
	 * @param description for people
	 */
	private record TextOrigin(String description) implements Origin {

		@Override
		public String toString() {
			return this.description;
		}

	}

}
