package dev.telemetry.aspect;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Locale;

import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.spec.EventDefinition;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ReflectionUtils;

/**
 * The annotation that says how a method is recorded.
 *
 * @param annotation the annotation, with the attributes of meta-annotations merged in
 * @param suffix what follows the names it gives
 * @param onMethod whether the method bears it, not its class
 */
record EventAnnotation(TelemetryEvent annotation, String suffix, boolean onMethod) {

	/**
	 * Find the nearest annotation.
	 * @param specific the method of the class
	 * @param declared the method it overrides or implements, or itself
	 * @param type the class of the bean
	 * @return the annotation, or {@code null} if the method is not recorded
	 */
	static @Nullable EventAnnotation find(Method specific, Method declared, Class<?> type) {
		TelemetryEvent onMethod = AnnotatedElementUtils.findMergedAnnotation(specific, TelemetryEvent.class);
		if (onMethod == null && !declared.equals(specific)) {
			// A class may take on an interface for methods it inherited
			onMethod = AnnotatedElementUtils.findMergedAnnotation(declared, TelemetryEvent.class);
		}
		if (onMethod != null) {
			return new EventAnnotation(onMethod, "", true);
		}
		return ofClass(specific, declared, type);
	}

	/** Start the definition of the event of a call that succeeds. */
	EventDefinition.Builder success() {
		return definition(name(this.annotation.success()));
	}

	/** Start the definition of the event of any other call. */
	EventDefinition.Builder failure() {
		return definition(name(this.annotation.failure()));
	}

	/** Whether one event stands for every call, however it ends. */
	boolean isSingle() {
		return name(this.annotation.success()).equals(name(this.annotation.failure()));
	}

	private String name(String special) {
		return (special.isEmpty() ? this.annotation.value() : special) + this.suffix;
	}

	private EventDefinition.Builder definition(String name) {
		try {
			EventDefinition.Builder definition = EventDefinition.builder(name).type(this.annotation.type());
			String purpose = this.annotation.purpose();
			return purpose.isEmpty() ? definition : definition.purpose(purpose);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidDeclarationException(String.valueOf(ex.getMessage()),
					"correct the name in @" + TelemetryEvent.class.getSimpleName());
		}
	}

	private static @Nullable EventAnnotation ofClass(Method specific, Method declared, Class<?> type) {
		if (!Modifier.isPublic(specific.getModifiers()) || Modifier.isStatic(specific.getModifiers())
				|| ReflectionUtils.isObjectMethod(specific)) {
			return null;
		}
		MergedAnnotation<TelemetryEvent> onClass = MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY)
			.get(TelemetryEvent.class);
		if (!(onClass.getSource() instanceof Class<?> annotated) || !declares(annotated, specific, declared)) {
			return null;
		}
		TelemetryEvent annotation = onClass.synthesize();
		return new EventAnnotation(annotation, "." + snakeCase(specific.getName()), false);
	}

	private static boolean declares(Class<?> annotated, Method specific, Method declared) {
		return annotated.isAssignableFrom(specific.getDeclaringClass())
				|| annotated.isAssignableFrom(declared.getDeclaringClass());
	}

	/**
	 * Write a Java name in lower case with underscores: {@code parseXMLFile} becomes
	 * {@code parse_xml_file}.
	 */
	private static String snakeCase(String name) {
		StringBuilder words = new StringBuilder();
		for (int i = 0; i < name.length(); i++) {
			if (i > 0 && Character.isUpperCase(name.charAt(i)) && startsWord(name, i)) {
				words.append('_');
			}
			words.append(name.charAt(i));
		}
		return words.toString().toLowerCase(Locale.ROOT);
	}

	private static boolean startsWord(String name, int i) {
		char previous = name.charAt(i - 1);
		boolean lowerCaseFollows = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
		return previous != '_' && (!Character.isUpperCase(previous) || lowerCaseFollows);
	}

}
