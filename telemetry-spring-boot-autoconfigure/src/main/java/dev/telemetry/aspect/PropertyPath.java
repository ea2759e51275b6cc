package dev.telemetry.aspect;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import dev.telemetry.spec.PropertyType;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * A path of property names with dots between them, checked and resolved against a type.
 * Not an expression: nothing can be called but what {@link PropertyAccessor} finds.
 */
final class PropertyPath {

	private final List<PropertyAccessor> accessors;

	private final PropertyType type;

	private final List<String> values;

	private PropertyPath(List<PropertyAccessor> accessors, Class<?> type) {
		this.accessors = List.copyOf(accessors);
		this.type = propertyType(type);
		this.values = constants(type);
	}

	/**
	 * Resolve a path.
	 * @param path the path; empty for the value itself
	 * @param root the declared type of the value. Where it, or a type on the way, is
	 * {@code Object}, the rest is resolved at run time
	 * @return the resolved path
	 * @throws InvalidDeclarationException if a type has no such property
	 */
	static PropertyPath resolve(String path, ResolvableType root) {
		List<PropertyAccessor> accessors = new ArrayList<>();
		ResolvableType type = root;
		if (!path.isEmpty()) {
			for (String name : path.split("\\.", -1)) {
				PropertyAccessor accessor = PropertyAccessor.find(type, name);
				if (accessor == null) {
					throw new InvalidDeclarationException(
							"'path' must name a public property of " + type.resolve(Object.class).getName()
									+ ", but there is no '" + name + "' in '" + path + "'",
							"use getters, record components, 'size' or 'length', with dots between them");
				}
				accessors.add(accessor);
				type = accessor.type();
			}
		}
		return new PropertyPath(accessors, type.resolve(Object.class));
	}

	/**
	 * Return the type of the attribute.
	 * @return a number for a number and for the size of a collection or array, else a
	 * boolean or a string
	 */
	PropertyType type() {
		return this.type;
	}

	/**
	 * Return what the attribute may be.
	 * @return the names of an enum's constants, else empty for anything
	 */
	List<String> values() {
		return this.values;
	}

	/**
	 * Read what the path leads to.
	 * @param root the value to start from
	 * @return the value found, or {@code null} if there is none on the way
	 * @throws Throwable what a getter threw
	 */
	@Nullable Object read(@Nullable Object root) throws Throwable {
		Object value = root;
		for (PropertyAccessor accessor : this.accessors) {
			if (value == null) {
				return null;
			}
			value = accessor.read(value);
		}
		return value;
	}

	/** Asked of the fields: to ask the enum itself would run its code. */
	private static List<String> constants(Class<?> type) {
		return Arrays.stream(type.getFields()).filter(Field::isEnumConstant).map(Field::getName).toList();
	}

	private static PropertyType propertyType(Class<?> type) {
		Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
		if (boxed == Boolean.class) {
			return PropertyType.BOOLEAN;
		}
		boolean number = Number.class.isAssignableFrom(boxed) || Collection.class.isAssignableFrom(boxed)
				|| boxed.isArray();
		return number ? PropertyType.NUMBER : PropertyType.STRING;
	}

}
