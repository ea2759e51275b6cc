package dev.telemetry.aspect;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.web.context.request.async.DeferredResult;

/** The call ends with the result that the current request waits for. */
final class DeferredResultHandler implements ReturnHandler {

	@Override
	public boolean isCandidate(ResolvableType declared) {
		Class<?> type = declared.toClass();
		return DeferredResult.class.isAssignableFrom(type) || type == Object.class;
	}

	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		return declared.as(DeferredResult.class).getGeneric();
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		return result instanceof DeferredResult && WebRecording.isPossible();
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		recording.readArguments();
		new WebRecording(recording, result).endWithDeferredResult();
		return result;
	}

}
