package dev.telemetry.aspect;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Knows when a call that returned a result of one kind ends. One for each kind; has no
 * state.
 */
interface ReturnHandler {

	/**
	 * Return whether a method that declares this type may return this kind of result.
	 * @param declared the declared type
	 * @return {@code true} to be asked about each result
	 */
	boolean isCandidate(Class<?> declared);

	/**
	 * Return the type of the value a result of this kind resolves to.
	 * @param declared the declared type
	 * @return the type, or {@code null} if it resolves to no single value
	 */
	@Nullable ResolvableType resolvedType(ResolvableType declared);

	/**
	 * Return whether a result is of this kind.
	 * @param result the result
	 * @return {@code true} to be handed the result
	 */
	boolean handles(@Nullable Object result);

	/**
	 * Record the call when it ends.
	 * @param result what the method returned
	 * @param call the call
	 * @param recording the recording that was begun before the method was called
	 * @return what to return to the caller
	 */
	@Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording);

}
