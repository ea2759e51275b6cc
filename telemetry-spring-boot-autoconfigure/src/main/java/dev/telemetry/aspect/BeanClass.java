package dev.telemetry.aspect;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.telemetry.problem.Problem;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;

/** One class of beans, examined method by method. Used once, by one thread. */
final class BeanClass {

	private final Class<?> type;

	private final BeanProxy proxy;

	private final Consumer<Problem> ofCalls;

	private final Set<Method> settled = new HashSet<>();

	private final Map<Method, RecordedMethod> recorded = new LinkedHashMap<>();

	private final List<Problem> problems = new ArrayList<>();

	/**
	 * Create an instance.
	 * @param type the class
	 * @param proxyTargetClass whether beans are always proxied by subclass
	 * @param ofCalls takes what shows only when methods are called
	 */
	BeanClass(Class<?> type, boolean proxyTargetClass, Consumer<Problem> ofCalls) {
		this.type = type;
		this.proxy = new BeanProxy(type, proxyTargetClass);
		this.ofCalls = ofCalls;
	}

	/**
	 * Examine the class.
	 * @param types the class and its supertypes, nearest first
	 * @return what they declare
	 */
	DeclaredEvents examine(List<Class<?>> types) {
		DeclarationProblems found = new DeclarationProblems(this.type.getName(), this.ofCalls);
		try {
			this.proxy.check();
			types.stream().flatMap((each) -> List.of(each.getDeclaredMethods()).stream()).forEach(this::examine);
		}
		catch (InvalidDeclarationException ex) {
			found.report(ex);
		}
		this.problems.addAll(found.found());
		return new DeclaredEvents(this.type, this.recorded, this.problems);
	}

	private void examine(Method declared) {
		Method specific = AopUtils.getMostSpecificMethod(declared, this.type);
		EventAnnotation annotation = find(specific, declared);
		if (annotation == null || !this.settled.add(specific)) {
			return;
		}
		DeclarationProblems found = new DeclarationProblems(DeclaredEvents.place(specific), this.ofCalls);
		try {
			if (this.proxy.intercepts(specific, annotation)) {
				this.recorded.put(specific,
						RecordedMethodCompiler.compile(specific, declared, this.type, annotation, found));
			}
		}
		catch (InvalidDeclarationException ex) {
			found.report(ex);
		}
		this.problems.addAll(found.found());
	}

	private @Nullable EventAnnotation find(Method specific, Method declared) {
		boolean generated = declared.isBridge() || declared.isSynthetic() || specific.isSynthetic();
		return generated ? null : EventAnnotation.find(specific, declared, this.type);
	}

}
