package dev.telemetry.aspect;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.telemetry.EventType;
import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.MeasuredProperty;
import dev.telemetry.spec.PropertyDefinition;
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
	static final SortedSet<String> MEASURED = new TreeSet<>(
			Stream.of(MeasuredProperty.values()).map(MeasuredProperty::key).toList());

	private final Method specific;

	private final Method declared;

	private final Class<?> type;

	private final EventDefinition.Builder success;

	/** The same builder where one event stands for every call. */
	private final EventDefinition.Builder failure;

	private final Set<String> named = new HashSet<>();

	private final DeclarationProblems problems;

	private RecordedMethodCompiler(Method specific, Method declared, Class<?> type, EventAnnotation annotation,
			DeclarationProblems problems) {
		this.problems = problems;
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
	 * @param problems told of attributes that are left out
	 * @return what is recorded
	 * @throws InvalidDeclarationException if it cannot be recorded
	 */
	static RecordedMethod compile(Method specific, Method declared, Class<?> type, EventAnnotation annotation,
			DeclarationProblems problems) {
		return new RecordedMethodCompiler(specific, declared, type, annotation, problems).compile();
	}

	private RecordedMethod compile() {
		boolean suspending = isSuspending();
		ResolvableType returned = ResolvableType.forMethodReturnType(this.specific, this.type);
		ReturnHandlers handlers = ReturnHandlers.forType(returned);
		this.problems.reportIfAny(handlers.doubt());
		List<RecordedArgument> arguments = arguments();
		RecordedValue result = result(suspending ? continuationType() : handlers.resolvedType(returned));
		for (MeasuredProperty property : MeasuredProperty.values()) {
			if (this.named.add(property.key())) {
				PropertyDefinition measured = property.definition().inferred().build();
				this.failure.property(measured);
				if (this.success != this.failure && property != MeasuredProperty.ERROR) {
					this.success.property(measured);
				}
			}
		}
		EventType type = EventType.of(this.success.build());
		return new RecordedMethod(type, (this.success == this.failure) ? type : EventType.of(this.failure.build()),
				arguments, result, handlers, this.problems.ofCalls());
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
				RecordedValue value = value(attribute, parameter, this.success != this.failure);
				if (value != null) {
					arguments.add(new RecordedArgument(i, value));
				}
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

	private @Nullable RecordedValue result(@Nullable ResolvableType resolved) {
		TelemetryAttribute attribute = AnnotatedElementUtils.findMergedAnnotation(this.specific,
				TelemetryAttribute.class);
		if (attribute == null) {
			attribute = AnnotatedElementUtils.findMergedAnnotation(this.declared, TelemetryAttribute.class);
		}
		return (attribute != null) ? value(attribute, resolved, false) : null;
	}

	/** The last parameter of a suspend function tells what it returns. */
	private ResolvableType continuationType() {
		return ResolvableType.forMethodParameter(this.specific, this.specific.getParameterCount() - 1, this.type)
			.getGeneric();
	}

	/** An attribute that cannot be had is left out, and the event is not. */
	private @Nullable RecordedValue value(TelemetryAttribute attribute, @Nullable ResolvableType type, boolean ofBoth) {
		try {
			return new RecordedValue(attribute.value(), declare(attribute, type, ofBoth));
		}
		catch (InvalidDeclarationException ex) {
			this.problems.reportAttribute(attribute.value(), ex);
			return null;
		}
	}

	private PropertyPath declare(TelemetryAttribute attribute, @Nullable ResolvableType type, boolean ofBoth) {
		if (type == null || type.resolve() == void.class) {
			throw new InvalidDeclarationException("the method has no single result that could be an attribute",
					"remove @" + TelemetryAttribute.class.getSimpleName() + " from the method");
		}
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
			return path;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidDeclarationException(String.valueOf(ex.getMessage()),
					"correct the name in @" + TelemetryAttribute.class.getSimpleName());
		}
	}

}
