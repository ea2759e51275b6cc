package dev.telemetry.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.telemetry.autoconfigure.PropertyRules.Address;
import dev.telemetry.autoconfigure.PropertyRules.Alias;
import dev.telemetry.autoconfigure.PropertyRules.Secret;
import dev.telemetry.setting.PropertyNames;
import dev.telemetry.setting.SecretSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * The properties as the records state them: one for each component that is no record
 * itself, under the name by which Spring Boot binds it.
 */
final class PropertyTree {

	static final String PREFIX = "telemetry.";

	/** The records, each with the prefix of its names. */
	static final List<Class<?>> RECORDS = Stream
		.concat(Stream.of(TelemetryProperties.class, NoticeProperties.class),
				Stream.of(VendorSink.values()).map(VendorSink::properties))
		.toList();

	/** All properties of the application. */
	static final PropertyTree ALL = new PropertyTree(RECORDS);

	/** Their names. */
	static final PropertyNames NAMES = ALL.names();

	/** Those that are shown nowhere. */
	static final SecretSettings SECRETS = ALL.secrets();

	private final Map<String, Property> properties = new LinkedHashMap<>();

	PropertyTree(List<Class<?>> records) {
		records.forEach((type) -> addAll(type, prefix(type)));
	}

	static String prefix(Class<?> record) {
		return record.getAnnotation(ConfigurationProperties.class).value();
	}

	private void addAll(Class<?> type, String prefix) {
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
			if (component.getType().isRecord()) {
				addAll(component.getType(), name);
			}
			else {
				this.properties.put(name, new Property(name, component));
			}
		}
	}

	/**
	 * Return the property of a name.
	 * @param name the canonical name
	 * @return the property, or {@code null}
	 */
	@Nullable Property find(String name) {
		return this.properties.get(name);
	}

	/**
	 * Return all properties.
	 * @return the properties in the order of their records
	 */
	List<Property> list() {
		return List.copyOf(this.properties.values());
	}

	private PropertyNames names() {
		return new PropertyNames(keys(Property::isValue), keys(Property::isList), keys(Property::isMap), aliases());
	}

	private List<String> aliases() {
		List<String> aliases = new ArrayList<>();
		for (Property property : list()) {
			Alias alias = property.component().getAnnotation(Alias.class);
			if (alias != null) {
				aliases.add(alias.value());
			}
		}
		return aliases;
	}

	private SecretSettings secrets() {
		return new SecretSettings(NAMES, keys((property) -> property.has(Secret.class) && property.isValue()),
				keys((property) -> property.has(Secret.class) && property.isMap()),
				keys((property) -> property.has(Address.class)));
	}

	private List<String> keys(Predicate<Property> filter) {
		return list().stream().filter(filter).map((property) -> property.name().substring(PREFIX.length())).toList();
	}

}
