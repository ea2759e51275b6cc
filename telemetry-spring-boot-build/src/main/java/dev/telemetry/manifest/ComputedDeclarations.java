package dev.telemetry.manifest;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.TelemetrySpec;

import org.springframework.context.annotation.Bean;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotations;

/** Finds the bean methods that declare events only when the application runs. */
final class ComputedDeclarations {

	private static final List<Class<?>> DECLARING = List.of(EventDefinition.class, TelemetrySpec.class);

	private ComputedDeclarations() {
	}

	static List<String> find(List<Class<?>> classes) {
		List<String> places = new ArrayList<>();
		for (Class<?> type : classes) {
			for (Method method : type.getDeclaredMethods()) {
				if (declares(ResolvableType.forMethodReturnType(method))
						&& MergedAnnotations.from(method).isPresent(Bean.class)) {
					places.add(type.getName() + "#" + method.getName());
				}
			}
		}
		return places;
	}

	/** Whether a type is a declaration, or holds some. */
	private static boolean declares(ResolvableType type) {
		Class<?> resolved = type.resolve();
		return (resolved != null && DECLARING.contains(resolved))
				|| (type.isArray() && declares(type.getComponentType()))
				|| Arrays.stream(type.getGenerics()).anyMatch(ComputedDeclarations::declares);
	}

}
