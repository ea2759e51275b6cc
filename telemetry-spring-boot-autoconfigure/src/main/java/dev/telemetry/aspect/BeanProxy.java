package dev.telemetry.aspect;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.ProxyProcessorSupport;
import org.springframework.util.ClassUtils;

/**
 * How Spring would proxy beans of a class, and what stands in the way. Asking for a proxy
 * that cannot be made would stop the application.
 */
final class BeanProxy {

	private final Class<?> type;

	private final boolean bySubclass;

	BeanProxy(Class<?> type, boolean proxyTargetClass) {
		this.type = type;
		this.bySubclass = !isAlwaysProxiedByInterfaces(type)
				&& (proxyTargetClass || !new ProxyInterfaces().hasAny(type));
	}

	/**
	 * Check that beans of the class can be proxied.
	 * @throws InvalidDeclarationException if they cannot
	 */
	void check() {
		if (this.bySubclass) {
			reject(Modifier.isFinal(this.type.getModifiers()), "is final");
			reject(this.type.isSealed(), "is sealed");
			reject(Arrays.stream(this.type.getDeclaredConstructors()).allMatch(BeanProxy::isPrivate),
					"has private constructors only");
		}
	}

	private static void reject(boolean condition, String reason) {
		if (condition) {
			throw new InvalidDeclarationException("calls cannot be intercepted because the class " + reason,
					"allow subclasses of it, or remove the annotation");
		}
	}

	/**
	 * Check that calls of a method can be intercepted.
	 * @param method the method of the class
	 * @param annotation the annotation that applies
	 * @throws InvalidDeclarationException if they cannot
	 */
	void check(Method method, EventAnnotation annotation) {
		int modifiers = method.getModifiers();
		if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
			throw notIntercepted("private or static", "make it an accessible method of the bean");
		}
		if (this.bySubclass && Modifier.isFinal(modifiers)) {
			throw notIntercepted("final", "remove 'final'");
		}
		if (!this.bySubclass && annotation.onMethod() && !isOfInterface(method)) {
			throw notIntercepted("not declared by an interface of the bean",
					"declare it there, or set spring.aop.proxy-target-class=true");
		}
	}

	private static boolean isAlwaysProxiedByInterfaces(Class<?> type) {
		return type.isInterface() || Proxy.isProxyClass(type) || ClassUtils.isLambdaClass(type);
	}

	private boolean isOfInterface(Method method) {
		return isAlwaysProxiedByInterfaces(this.type)
				|| ClassUtils.getInterfaceMethodIfPossible(method, this.type).getDeclaringClass().isInterface();
	}

	private static boolean isPrivate(Constructor<?> constructor) {
		return Modifier.isPrivate(constructor.getModifiers());
	}

	private static InvalidDeclarationException notIntercepted(String kind, String mend) {
		return new InvalidDeclarationException("calls cannot be intercepted because the method is " + kind, mend);
	}

	/** Asks Spring which interfaces count, so that we cannot differ. */
	private static final class ProxyInterfaces extends ProxyProcessorSupport {

		private static final long serialVersionUID = 1L;

		boolean hasAny(Class<?> type) {
			ProxyFactory factory = new ProxyFactory();
			evaluateProxyInterfaces(type, factory);
			return !factory.isProxyTargetClass();
		}

	}

}
