package dev.telemetry.aspect;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Reads a property of an object whose class is known at run time only. What was found is
 * kept with the class, and goes when the class goes.
 */
final class RuntimeAccessor implements PropertyAccessor {

	private final ClassValue<Found> found;

	RuntimeAccessor(String name) {
		this.found = new ClassValue<>() {

			@Override
			protected Found computeValue(Class<?> type) {
				ResolvableType owner = ResolvableType.forClass(type);
				return new Found((type != Object.class) ? PropertyAccessor.find(owner, name) : null);
			}

		};
	}

	@Override
	public ResolvableType type() {
		return ResolvableType.forClass(Object.class);
	}

	@Override
	public @Nullable Object read(Object target) throws Throwable {
		PropertyAccessor accessor = this.found.get(target.getClass()).accessor();
		if (accessor == null) {
			throw new NoSuchPropertyException();
		}
		return accessor.read(target);
	}

	/**
	 * What was found for a class, also that there is nothing.
	 *
	 * @param accessor the accessor, or {@code null} if the class has no such property
	 */
	private record Found(@Nullable PropertyAccessor accessor) {

	}

	/** The class of a value has no such property. */
	static final class NoSuchPropertyException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		NoSuchPropertyException() {
			super(null, null, false, false);
		}

	}

}
