package dev.telemetry.aspect;

import java.util.function.ToIntFunction;

import org.springframework.core.ResolvableType;

/**
 * Reads the size of what has one.
 *
 * @param size tells the size
 */
record SizeAccessor(ToIntFunction<Object> size) implements PropertyAccessor {

	@Override
	public ResolvableType type() {
		return ResolvableType.forClass(int.class);
	}

	@Override
	public Object read(Object target) {
		return this.size.applyAsInt(target);
	}

}
