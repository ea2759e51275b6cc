package dev.telemetry.aspect;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/** The call ends when the method returns. */
final class PlainHandler implements ReturnHandler {

	static final ReturnHandler INSTANCE = new PlainHandler();

	@Override
	public boolean isCandidate(ResolvableType declared) {
		return true;
	}

	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		return declared;
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		return true;
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		recording.succeeded(result);
		return result;
	}

}
