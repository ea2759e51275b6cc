package dev.telemetry.aspect;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/** Reads one property of an object. */
interface PropertyAccessor {

	/**
	 * Return the declared type of the property.
	 * @return the type; {@code Object} if only the value can tell
	 */
	ResolvableType type();

	/**
	 * Read the property.
	 * @param target the object that has it
	 * @return the value, or {@code null}
	 * @throws Throwable what the getter threw
	 */
	@Nullable Object read(Object target) throws Throwable;

	/**
	 * Find the accessor of a property: {@code size} of a collection, map or array,
	 * {@code length} of a text or array, a record component, or a public getter.
	 * @param owner the type that has the property
	 * @param name the name of the property
	 * @return the accessor, one that decides at run time for an owner of type
	 * {@code Object}, or {@code null} if there is no such property
	 */
	static @Nullable PropertyAccessor find(ResolvableType owner, String name) {
		Class<?> type = owner.resolve(Object.class);
		if (type == Object.class) {
			return isName(name) ? new RuntimeAccessor(name) : null;
		}
		PropertyAccessor builtIn = findBuiltIn(type, name);
		return (builtIn != null) ? builtIn : GetterAccessor.find(owner, name);
	}

	private static @Nullable PropertyAccessor findBuiltIn(Class<?> type, String name) {
		if (name.equals("size") && Collection.class.isAssignableFrom(type)) {
			return new SizeAccessor((target) -> ((Collection<?>) target).size());
		}
		if (name.equals("size") && Map.class.isAssignableFrom(type)) {
			return new SizeAccessor((target) -> ((Map<?, ?>) target).size());
		}
		if (name.equals("length") && CharSequence.class.isAssignableFrom(type)) {
			return new SizeAccessor((target) -> ((CharSequence) target).length());
		}
		boolean size = name.equals("size") || name.equals("length");
		return (size && type.isArray()) ? new SizeAccessor(Array::getLength) : null;
	}

	private static boolean isName(String name) {
		return !name.isEmpty() && Character.isJavaIdentifierStart(name.charAt(0))
				&& name.chars().allMatch(Character::isJavaIdentifierPart);
	}

}
