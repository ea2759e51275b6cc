package dev.telemetry.aspect;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.telemetry.EventType;
import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import org.jspecify.annotations.Nullable;

import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.util.ClassUtils;

/** Works out what is recorded of a method. */
final class RecordedMethodCompiler {

	/** What is recorded of every call, so that a notice names it too. */
	static final Map<String, PropertyType> MEASURED = new TreeMap<>(Map.of("duration_ms", PropertyType.NUMBER,
			"success", PropertyType.BOOLEAN, "outcome", PropertyType.STRING, "error", PropertyType.STRING));

	private final Method specific;

	private final Method declared;

	private final Class<?> type;

	private final EventDefinition.Builder success;

	/** The same builder where one event stands for every call. */
	private final EventDefinition.Builder failure;

	private final Set<String> named = new HashSet<>();

	private RecordedMethodCompiler(Method specific, Method declared, Class<?> type, EventAnnotation annotation) {
		this.specific = specific;
		this.declared = declared;
		this.type = type;
		this.success = annotation.success();
		this.failure = annotation.isSingle() ? this.success : annotation.failure();
	}

	/**
	 * Work out what is recorded of a method.
	 * @param specific the method of the class
	 * @param declared the method it overrides or implements, or itself
	 * @param type the class of the bean
	 * @param annotation the annotation that applies
	 * @return what is recorded
	 * @throws InvalidDeclarationException if it cannot be recorded as declared
	 */
	static RecordedMethod compile(Method specific, Method declared, Class<?> type, EventAnnotation annotation) {
		return new RecordedMethodCompiler(specific, declared, type, annotation).compile();
	}

	private RecordedMethod compile() {
		boolean suspending = isSuspending();
		List<ReturnHandler> handlers = ReturnHandlers.forType(this.specific.getReturnType());
		List<RecordedArgument> arguments = arguments();
		RecordedValue result = result(handlers, suspending);
		MEASURED.forEach((name, type) -> {
			if (this.named.add(name)) {
				PropertyDefinition measured = PropertyDefinition.builder(name, type).inferred().build();
				this.failure.property(measured);
				if (this.success != this.failure && !name.equals("error")) {
					this.success.property(measured);
				}
			}
		});
		EventType type = EventType.of(this.success.build());
		return new RecordedMethod(type, (this.success == this.failure) ? type : EventType.of(this.failure.build()),
				arguments, result, handlers);
	}

	private boolean isSuspending() {
		if (!KotlinDetector.isSuspendingFunction(this.specific)) {
			return false;
		}
		// Without them Spring cannot tell when the function ends
		if (!KotlinDetector.isKotlinReflectPresent()
				|| !ClassUtils.isPresent("kotlinx.coroutines.reactor.MonoKt", this.type.getClassLoader())) {
			throw new InvalidDeclarationException("a suspend function cannot be intercepted",
					"add kotlin-reflect and kotlinx-coroutines-reactor");
		}
		return true;
	}

	private List<RecordedArgument> arguments() {
		List<RecordedArgument> arguments = new ArrayList<>();
		for (int i = 0; i < this.specific.getParameterCount(); i++) {
			TelemetryAttribute attribute = attribute(i);
			if (attribute != null) {
				ResolvableType parameter = ResolvableType.forMethodParameter(this.specific, i, this.type);
				arguments.add(new RecordedArgument(i, value(attribute, parameter, this.success != this.failure)));
			}
		}
		return arguments;
	}

	private @Nullable TelemetryAttribute attribute(int parameter) {
		TelemetryAttribute attribute = attribute(this.specific, parameter);
		return (attribute != null) ? attribute : attribute(this.declared, parameter);
	}

	private static @Nullable TelemetryAttribute attribute(Method method, int parameter) {
		MethodParameter[] parameters = new AnnotatedMethod(method).getMethodParameters();
		return parameters[parameter].getParameterAnnotation(TelemetryAttribute.class);
	}

	private @Nullable RecordedValue result(List<ReturnHandler> handlers, boolean suspending) {
		TelemetryAttribute attribute = AnnotatedElementUtils.findMergedAnnotation(this.specific,
				TelemetryAttribute.class);
		if (attribute == null) {
			attribute = AnnotatedElementUtils.findMergedAnnotation(this.declared, TelemetryAttribute.class);
		}
		if (attribute == null) {
			return null;
		}
		return value(attribute, suspending ? continuationType() : resultType(handlers), false);
	}

	/** The last parameter of a suspend function tells what it returns. */
	private ResolvableType continuationType() {
		return ResolvableType.forMethodParameter(this.specific, this.specific.getParameterCount() - 1, this.type)
			.getGeneric();
	}

	private ResolvableType resultType(List<ReturnHandler> handlers) {
		ResolvableType declaredType = ResolvableType.forMethodReturnType(this.specific, this.type);
		if (handlers.size() > 1) {
			return ResolvableType.forClass(Object.class);
		}
		ResolvableType resolved = handlers.isEmpty() ? declaredType : handlers.get(0).resolvedType(declaredType);
		if (resolved == null || resolved.resolve() == void.class) {
			throw new InvalidDeclarationException("the method has no result that could be an attribute",
					"remove @" + TelemetryAttribute.class.getSimpleName() + " from the method");
		}
		return resolved;
	}

	private RecordedValue value(TelemetryAttribute attribute, ResolvableType type, boolean ofBoth) {
		PropertyPath path = PropertyPath.resolve(attribute.path(), type);
		try {
			PropertyDefinition property = PropertyDefinition.builder(attribute.value(), path.type())
				.values(path.values())
				.inferred()
				.build();
			this.success.property(property);
			if (ofBoth) {
				this.failure.property(property);
			}
			this.named.add(attribute.value());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidDeclarationException(String.valueOf(ex.getMessage()),
					"correct the name in @" + TelemetryAttribute.class.getSimpleName());
		}
		return new RecordedValue(attribute.value(), path);
	}

}
