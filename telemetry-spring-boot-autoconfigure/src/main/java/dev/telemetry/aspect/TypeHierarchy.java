package dev.telemetry.aspect;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.telemetry.annotation.TelemetryEvent;

import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;

/**
 * Tells cheaply whether a class can have recorded methods, so that the others are not
 * searched method by method. Each type is looked at once, those of the JDK and of Spring
 * never.
 */
final class TypeHierarchy {

	private final Map<Class<?>, Boolean> annotated = new ConcurrentHashMap<>();

	/**
	 * Return a class and its supertypes, without those of the JDK and of Spring.
	 * @param type the class
	 * @return classes from the most special on, then interfaces
	 */
	List<Class<?>> of(Class<?> type) {
		List<Class<?>> types = new ArrayList<>();
		for (Class<?> each = type; each != null; each = each.getSuperclass()) {
			types.add(each);
		}
		// Of an interface, such as a repository, this gives the interface itself
		for (Class<?> each : ClassUtils.getAllInterfacesForClassAsSet(type)) {
			add(each, types);
			addParents(each, types);
		}
		types.removeIf((each) -> isForeign(each.getName()));
		return types;
	}

	private static void addParents(Class<?> type, List<Class<?>> types) {
		for (Class<?> parent : type.getInterfaces()) {
			add(parent, types);
			addParents(parent, types);
		}
	}

	private static void add(Class<?> type, List<Class<?>> types) {
		if (!types.contains(type)) {
			types.add(type);
		}
	}

	/**
	 * Return whether one of the types, or one of its methods, bears the annotation.
	 * @param types the types
	 * @return {@code true} if something may be recorded
	 */
	boolean isAnnotated(List<Class<?>> types) {
		return types.stream().anyMatch((type) -> this.annotated.computeIfAbsent(type, TypeHierarchy::bearsAnnotation));
	}

	private static boolean bearsAnnotation(Class<?> type) {
		if (isPresent(type)) {
			return true;
		}
		for (Method method : type.getDeclaredMethods()) {
			if (isPresent(method)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isPresent(AnnotatedElement element) {
		return MergedAnnotations.from(element).isPresent(TelemetryEvent.class);
	}

	private static boolean isForeign(String name) {
		// Spring's own sample applications are applications
		return name.startsWith("java.")
				|| (name.startsWith("org.springframework.") && !name.startsWith("org.springframework.samples."));
	}

}
