package dev.telemetry.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/** Finds the class the application was started with. */
final class MainClass {

	private MainClass() {
	}

	/**
	 * Find the simple name of the class that bears {@code @SpringBootApplication}.
	 * @param context the application's context
	 * @return the name, or {@code null} without such a class
	 */
	static @Nullable String simpleName(ApplicationContext context) {
		for (String name : context.getBeanNamesForAnnotation(SpringBootConfiguration.class)) {
			Class<?> type = context.getType(name, false);
			if (type != null) {
				return ClassUtils.getUserClass(type).getSimpleName();
			}
		}
		return null;
	}

}
