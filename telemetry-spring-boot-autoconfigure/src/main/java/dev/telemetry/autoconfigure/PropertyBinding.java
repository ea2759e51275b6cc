package dev.telemetry.autoconfigure;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.telemetry.setting.ValueParser;
import dev.telemetry.setting.WrongValueException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.core.convert.support.GenericConversionService;

/**
 * Binds the records. A wrong value is a problem and never the end of the application's
 * start: its own rules say what takes its place, and which sink is not created.
 */
final class PropertyBinding implements BindHandler {

	private final PropertyTree tree;

	private final SettingReader reader;

	private final FlatSettings settings;

	private final GenericConversionService conversion = new GenericConversionService();

	private final Set<String> wrong = new HashSet<>();

	private final Set<SettingText> cleaned = new HashSet<>();

	PropertyBinding(PropertyTree tree, SettingReader reader) {
		this.tree = tree;
		this.reader = reader;
		this.settings = FlatSettings.read(reader, tree);
		this.conversion.addConverter(new TextConverter());
	}

	/**
	 * Bind a record.
	 * @param type the record
	 * @param <T> the type of the record
	 * @return the record, never {@code null}
	 */
	<T> T bind(Class<T> type) {
		Binder binder = new Binder(List.of(this.settings.source()), null, this.conversion);
		return binder.bindOrCreate(PropertyTree.prefix(type), Bindable.of(type), this);
	}

	@Override
	public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
		SettingText text = this.settings.find(name.toString());
		if (text != null && text.hasStrayLineBreak() && this.cleaned.add(text)) {
			this.reader.report(name.toString(), text.origin(), SettingReader.strayLineBreak());
		}
		return result;
	}

	/** The exception's own message is not used: it may quote the value. */
	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) {
		WrongValueException wrong = Objects.requireNonNullElseGet(find(error),
				() -> new WrongValueException("cannot be used", "correct or remove it"));
		reject(name.toString(), wrong);
		Property property = this.tree.find(name.toString());
		return (property != null) ? property.protective() : protectiveGroup(name, target);
	}

	private static @Nullable WrongValueException find(@Nullable Throwable error) {
		return (error == null || error instanceof WrongValueException) ? (WrongValueException) error
				: find(error.getCause());
	}

	/** What became of its values cannot be told, so that each protects if it can. */
	private Object protectiveGroup(ConfigurationPropertyName name, Bindable<?> target) {
		Map<String, Object> values = new LinkedHashMap<>();
		for (Property property : this.tree.list()) {
			Object value = property.protective();
			if (value != null) {
				values.put(property.name(), value);
			}
		}
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(name, target, BindHandler.DEFAULT);
	}

	/**
	 * Convert a value further, where that depends on other values.
	 * @param name the canonical name
	 * @param text the value of the property, or {@code null}
	 * @param parser converts it
	 * @param <T> the type of the value
	 * @return the value, or empty when there is none, or a wrong one
	 */
	<T> Optional<T> convert(String name, @Nullable String text, ValueParser<T> parser) {
		try {
			return Optional.ofNullable(text).map(parser::parse);
		}
		catch (WrongValueException ex) {
			reject(name, ex);
			return Optional.empty();
		}
	}

	/**
	 * Report a value that cannot be used, and do not create the sink it belongs to.
	 * @param name the canonical name
	 * @param wrong what is wrong
	 */
	void reject(String name, WrongValueException wrong) {
		if (!this.wrong.add(name)) {
			return;
		}
		this.reader.report(name, origin(name), wrong);
		Property property = this.tree.find(name);
		String sink = (property != null) ? property.sink() : null;
		if (sink != null) {
			this.reader.disable(sink, name);
		}
	}

	/**
	 * Report a value that does not go with others. A record that is bound after that has
	 * its default.
	 * @param name the canonical name
	 * @param wrong what is wrong
	 */
	void discard(String name, WrongValueException wrong) {
		reject(name, wrong);
		this.settings.remove(name);
	}

	/** Return whether a value was rejected. */
	boolean isWrong(String name) {
		return this.wrong.contains(name);
	}

	/** Return where a value is written, or {@code null} if it is not set. */
	@Nullable String origin(String name) {
		SettingText text = this.settings.find(name);
		return (text != null) ? text.origin() : null;
	}

	/** To whatever type the property has. */
	private static final class TextConverter implements GenericConverter {

		@Override
		public Set<ConvertiblePair> getConvertibleTypes() {
			return Set.of(new ConvertiblePair(SettingText.class, Object.class));
		}

		@Override
		public @Nullable Object convert(@Nullable Object source, TypeDescriptor from, TypeDescriptor to) {
			return (source instanceof SettingText text) ? text.value() : null;
		}

	}

}
