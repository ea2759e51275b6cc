package dev.telemetry.aspect;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * The call ends when the stage completes. The stage itself is returned, not a dependent
 * one: cancelling a dependent would not cancel the work.
 */
final class CompletionStageHandler implements ReturnHandler {

	@Override
	public boolean isCandidate(ResolvableType declared) {
		Class<?> type = declared.toClass();
		return CompletionStage.class.isAssignableFrom(type) || type.isAssignableFrom(CompletableFuture.class);
	}

	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		return declared.as(CompletionStage.class).getGeneric();
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		return result instanceof CompletionStage;
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		if (result instanceof CompletionStage<?> stage) {
			recording.readArguments();
			try {
				stage.whenComplete((value, failure) -> completed(recording, value, failure));
			}
			catch (Throwable ex) {
				call.couldNotRecord(ex);
			}
		}
		return result;
	}

	private static void completed(Recording recording, @Nullable Object value, @Nullable Throwable failure) {
		if (failure != null) {
			recording.endedWith(failure);
		}
		else {
			recording.succeeded(value);
		}
	}

}
