package dev.telemetry.aspect;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.ProxyProcessorSupport;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.annotation.ProxyType;
import org.springframework.context.annotation.Proxyable;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
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
				&& (proxyTargetClass || asksForSubclass(type) || !new ProxyInterfaces().hasAny(type));
	}

	private static boolean asksForSubclass(Class<?> type) {
		MergedAnnotations annotations = MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY);
		return annotations.get(Proxyable.class)
			.getValue("value", ProxyType.class)
			.filter(ProxyType.TARGET_CLASS::equals)
			.isPresent()
				|| annotations.get(Scope.class)
					.getValue("proxyMode", ScopedProxyMode.class)
					.filter(ScopedProxyMode.TARGET_CLASS::equals)
					.isPresent();
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
	 * Return whether calls of a method are intercepted.
	 * @param method the method of the class
	 * @param annotation the annotation that applies
	 * @return {@code false} for a method that the annotation of its class means only
	 * where it can
	 * @throws InvalidDeclarationException if they cannot be, and should be
	 */
	boolean intercepts(Method method, EventAnnotation annotation) {
		int modifiers = method.getModifiers();
		if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
			throw notIntercepted("private or static", "make it an accessible method of the bean");
		}
		if (this.bySubclass && Modifier.isFinal(modifiers)) {
			throw notIntercepted("final", "remove 'final'");
		}
		boolean reached = this.bySubclass || isOfInterface(method);
		if (!reached && annotation.onMethod()) {
			throw notIntercepted("not declared by an interface of the bean",
					"declare it there, or set spring.aop.proxy-target-class=true");
		}
		return reached;
	}

	private static boolean isAlwaysProxiedByInterfaces(Class<?> type) {
		return type.isInterface() || Proxy.isProxyClass(type) || ClassUtils.isLambdaClass(type);
	}

	/** Also where the method of the interface is generic and a bridge lies between. */
	private boolean isOfInterface(Method method) {
		return isAlwaysProxiedByInterfaces(this.type) || ClassUtils.getAllInterfacesForClassAsSet(this.type)
			.stream()
			.flatMap((each) -> Arrays.stream(each.getMethods()))
			.filter((each) -> each.getName().equals(method.getName()))
			.anyMatch((each) -> AopUtils.getMostSpecificMethod(each, this.type).equals(method));
	}

	private static boolean isPrivate(Constructor<?> constructor) {
		return Modifier.isPrivate(constructor.getModifiers());
	}

	private static InvalidDeclarationException notIntercepted(String kind, String action) {
		return new InvalidDeclarationException("calls cannot be intercepted because the method is " + kind, action);
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
