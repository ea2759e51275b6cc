package dev.telemetry.aspect;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/**
 * The call ends when a {@link ResponseBodyEmitter}, such as one for server-sent events,
 * is complete. Seen by the deferred result that Spring MVC makes of it for the current
 * request: the emitter's own callbacks do not tell with what error it was completed.
 */
final class BodyEmitterHandler implements ReturnHandler {

	@Override
	public boolean isCandidate(ResolvableType declared) {
		Class<?> type = declared.toClass();
		return ResponseBodyEmitter.class.isAssignableFrom(type) || type == Object.class;
	}

	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		return null;
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		return result instanceof ResponseBodyEmitter && WebRecording.isPossible();
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		recording.readArguments();
		new WebRecording(recording, null).endWithDeferredResult();
		return result;
	}

}
