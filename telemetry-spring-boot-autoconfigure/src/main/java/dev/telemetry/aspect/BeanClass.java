package dev.telemetry.aspect;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.problem.Problem;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;

/** One class of beans, examined method by method. Used once, by one thread. */
final class BeanClass {

	private final Class<?> type;

	private final BeanProxy proxy;

	private final Set<Method> settled = new HashSet<>();

	private final Map<Method, RecordedMethod> recorded = new LinkedHashMap<>();

	private final List<Problem> problems = new ArrayList<>();

	BeanClass(Class<?> type, boolean proxyTargetClass) {
		this.type = type;
		this.proxy = new BeanProxy(type, proxyTargetClass);
	}

	/**
	 * Examine the class.
	 * @param types the class and its supertypes, nearest first
	 * @return what they declare
	 */
	DeclaredEvents examine(List<Class<?>> types) {
		try {
			this.proxy.check();
			types.stream().flatMap((each) -> List.of(each.getDeclaredMethods()).stream()).forEach(this::examine);
		}
		catch (InvalidDeclarationException ex) {
			report(this.type.getName(), ex);
		}
		return new DeclaredEvents(this.type, this.recorded, this.problems);
	}

	private void examine(Method declared) {
		Method specific = AopUtils.getMostSpecificMethod(declared, this.type);
		EventAnnotation annotation = find(specific, declared);
		if (annotation == null || !this.settled.add(specific)) {
			return;
		}
		try {
			this.proxy.check(specific, annotation);
			this.recorded.put(specific, RecordedMethodCompiler.compile(specific, declared, this.type, annotation));
		}
		catch (InvalidDeclarationException ex) {
			report(specific.getDeclaringClass().getName() + "." + specific.getName(), ex);
		}
	}

	private @Nullable EventAnnotation find(Method specific, Method declared) {
		boolean generated = declared.isBridge() || declared.isSynthetic() || specific.isSynthetic();
		return generated ? null : EventAnnotation.find(specific, declared, this.type);
	}

	private void report(String where, InvalidDeclarationException ex) {
		this.problems.add(new Problem(where, "@" + TelemetryEvent.class.getSimpleName(),
				String.valueOf(ex.getMessage()), ex.mend()));
	}

}
