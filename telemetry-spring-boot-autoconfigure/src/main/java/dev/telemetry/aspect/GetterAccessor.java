package dev.telemetry.aspect;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Reads a record component or a property with a public getter.
 *
 * @param getter the getter
 * @param type the type it returns
 */
record GetterAccessor(Method getter, ResolvableType type) implements PropertyAccessor {

	static @Nullable PropertyAccessor find(ResolvableType owner, String name) {
		Class<?> ownerClass = owner.resolve(Object.class);
		Method getter = findGetter(ownerClass, name);
		if (getter == null) {
			return null;
		}
		ResolvableType type = ResolvableType.forType(getter.getGenericReturnType(),
				owner.as(getter.getDeclaringClass()));
		Method accessible = ClassUtils.getPubliclyAccessibleMethodIfPossible(getter, ownerClass);
		return isCallable(accessible) ? new GetterAccessor(accessible, type) : null;
	}

	@Override
	public @Nullable Object read(Object target) throws Throwable {
		try {
			return this.getter.invoke(target);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static @Nullable Method findGetter(Class<?> type, String name) {
		if (type.isRecord()) {
			for (RecordComponent component : type.getRecordComponents()) {
				if (component.getName().equals(name)) {
					return component.getAccessor();
				}
			}
		}
		Method getter = findMethod(type, "get" + StringUtils.capitalize(name));
		if (getter != null) {
			return getter;
		}
		Method query = findMethod(type, "is" + StringUtils.capitalize(name));
		return (query != null && isBoolean(query.getReturnType())) ? query : null;
	}

	private static @Nullable Method findMethod(Class<?> type, String name) {
		try {
			Method method = type.getMethod(name);
			boolean property = method.getDeclaringClass() != Object.class && method.getReturnType() != void.class
					&& !Modifier.isStatic(method.getModifiers());
			return property ? method : null;
		}
		catch (NoSuchMethodException ex) {
			return null;
		}
	}

	private static boolean isBoolean(Class<?> type) {
		return type == boolean.class || type == Boolean.class;
	}

	private static boolean isCallable(Method method) {
		// A public method of a class that is not public needs it even in an open package
		return Modifier.isPublic(method.getDeclaringClass().getModifiers()) || method.trySetAccessible();
	}

}
