package dev.telemetry.aspect;

import java.lang.reflect.Method;

import org.springframework.aop.support.StaticMethodMatcherPointcut;

/** Picks the methods that are recorded. */
final class TelemetryEventPointcut extends StaticMethodMatcherPointcut {

	private final TelemetryEventScanner scanner;

	TelemetryEventPointcut(TelemetryEventScanner scanner) {
		this.scanner = scanner;
		setClassFilter((type) -> scanner.scan(type).recordsAnything());
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		return this.scanner.scan(targetClass).find(method) != null;
	}

}
