package dev.telemetry.aspect;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/** The call ends later, and nothing tells when: it is not recorded. */
final class UnmeasuredHandler implements ReturnHandler {

	static final ReturnHandler INSTANCE = new UnmeasuredHandler();

	@Override
	public boolean isCandidate(ResolvableType declared) {
		return true;
	}

	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		return null;
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		return true;
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		recording.abandon();
		if (result != null) {
			call.cannotBeMeasured(result.getClass());
		}
		return result;
	}

}
