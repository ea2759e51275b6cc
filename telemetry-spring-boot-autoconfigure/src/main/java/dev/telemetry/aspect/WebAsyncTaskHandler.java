package dev.telemetry.aspect;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.web.context.request.async.WebAsyncTask;

/** The call ends with the task that the current request waits for. */
final class WebAsyncTaskHandler implements ReturnHandler {

	@Override
	public boolean isCandidate(ResolvableType declared) {
		Class<?> type = declared.toClass();
		return WebAsyncTask.class.isAssignableFrom(type) || type == Object.class;
	}

	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		return declared.as(WebAsyncTask.class).getGeneric();
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		return result instanceof WebAsyncTask && WebRecording.isPossible();
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		if (result instanceof WebAsyncTask<?> task) {
			recording.readArguments();
			new WebRecording(recording, task.getCallable()).endWithTask();
		}
		return result;
	}

}
