package dev.telemetry.aspect;

import java.io.IOException;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Each time a {@link StreamingResponseBody} is written is a call of its own and ends with
 * it.
 */
final class StreamingBodyHandler implements ReturnHandler {

	@Override
	public boolean isCandidate(ResolvableType declared) {
		return declared.toClass().isAssignableFrom(StreamingResponseBody.class);
	}

	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		return null;
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		return ReturnHandler.isReplaceable(result, StreamingResponseBody.class, declared);
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		return (result instanceof StreamingResponseBody body) ? (StreamingResponseBody) (out) -> write(body, out, call)
				: result;
	}

	private static void write(StreamingResponseBody body, OutputStream out, RecordedCall call) throws IOException {
		if (!call.isCollecting()) {
			body.writeTo(out);
			return;
		}
		Recording recording = call.begin();
		recording.readArguments();
		try {
			body.writeTo(out);
			recording.succeeded(null);
		}
		catch (Throwable ex) {
			WebRecording.endedWith(recording, ex);
			throw ex;
		}
	}

}
