package dev.telemetry.aspect;

import kotlinx.coroutines.flow.Flow;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Each collection of a Kotlin {@code Flow} is a call of its own and ends with it. A
 * subtype that the method declares cannot be replaced, so it cannot be measured.
 */
final class KotlinFlowHandler implements ReturnHandler {

	@Override
	public boolean isCandidate(ResolvableType declared) {
		return declared.toClass().isAssignableFrom(Flow.class);
	}

	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		return null;
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		return result instanceof Flow;
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		return (result instanceof Flow<?> flow) ? new RecordedFlow<>(flow, call) : result;
	}

}
