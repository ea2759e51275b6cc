package dev.telemetry.aspect;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Knows when a call that returned a result of one kind ends. One for each kind; has no
 * state.
 */
interface ReturnHandler {

	/**
	 * Return whether a method that declares this type may return this kind of result, and
	 * may return in its place what {@link #returned} gives.
	 * @param declared the declared type
	 * @return {@code true} to be asked about each result
	 */
	boolean isCandidate(ResolvableType declared);

	/**
	 * Return the type of the value a result of this kind resolves to.
	 * @param declared the declared type
	 * @return the type, or {@code null} if it resolves to no single value
	 */
	@Nullable ResolvableType resolvedType(ResolvableType declared);

	/**
	 * Return whether a result is of this kind.
	 * @param result the result
	 * @param declared the declared type, for which this is a candidate
	 * @return {@code true} to be handed the result
	 */
	boolean handles(@Nullable Object result, Class<?> declared);

	/**
	 * Record the call when it ends.
	 * @param result what the method returned
	 * @param call the call
	 * @param recording the recording that was begun before the method was called
	 * @return what to return to the caller
	 */
	@Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording);

	/**
	 * Return whether a result can be replaced by an implementation of one interface
	 * without the caller missing another type of it.
	 * @param result the result
	 * @param kind the interface
	 * @param declared the type the caller knows
	 * @return {@code true} if it can
	 */
	static boolean isReplaceable(@Nullable Object result, Class<?> kind, Class<?> declared) {
		if (!kind.isInstance(result)) {
			return false;
		}
		Class<?>[] interfaces = ClassUtils.getAllInterfaces(result);
		return declared == kind || (interfaces.length == 1 && interfaces[0] == kind);
	}

}
