package dev.telemetry.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedResource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.CompositePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Where a property of the application's environment stands.
 *
 * @param description where, for people
 * @param packaged whether that is inside the application's own archive: on the class path
 * or in its code
 */
record SettingOrigin(String description, boolean packaged) {

	private static final String CLASS_PATH = "class path resource [";

	static SettingOrigin of(@Nullable Origin origin) {
		if (!(origin instanceof PropertySourceOrigin outer)) {
			return new SettingOrigin((origin != null) ? origin.toString() : "unknown", false);
		}
		PropertySource<?> source = outer.getPropertySource();
		String name = outer.getPropertyName();
		Origin inner = outer.getOrigin();
		return new SettingOrigin((inner != null) ? inner.toString() : describe(source, name),
				isOnClassPath(inner) || isPackaged(source, name));
	}

	private static String describe(PropertySource<?> source, String name) {
		if (source instanceof CommandLinePropertySource<?>) {
			return "command line --" + name;
		}
		if (source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
			return "system property " + name;
		}
		return "property source '" + source.getName() + "'";
	}

	private static boolean isOnClassPath(@Nullable Origin origin) {
		Resource resource = (origin instanceof TextResourceOrigin text) ? text.getResource() : null;
		return resource instanceof ClassPathResource || (resource instanceof OriginTrackedResource tracked
				&& tracked.getResource() instanceof ClassPathResource);
	}

	private static boolean isPackaged(PropertySource<?> source, String name) {
		if (source instanceof CompositePropertySource composite) {
			return composite.getPropertySources()
				.stream()
				.filter((part) -> part.containsProperty(name))
				.findFirst()
				.map((part) -> isPackaged(part, name))
				.orElse(false);
		}
		if (source instanceof ResourcePropertySource resource) {
			return resource.withResourceName().getName().startsWith(CLASS_PATH);
		}
		return DefaultPropertiesPropertySource.hasMatchingName(source);
	}

}
