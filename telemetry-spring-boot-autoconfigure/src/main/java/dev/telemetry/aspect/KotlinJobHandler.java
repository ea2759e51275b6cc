package dev.telemetry.aspect;

import kotlin.Unit;
import kotlinx.coroutines.Deferred;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * The call ends with a Kotlin {@code Job} or {@code Deferred}, which is returned itself.
 */
final class KotlinJobHandler implements ReturnHandler {

	@Override
	public boolean isCandidate(ResolvableType declared) {
		Class<?> type = declared.toClass();
		return Job.class.isAssignableFrom(type) || type.isAssignableFrom(Deferred.class);
	}

	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		ResolvableType deferred = declared.as(Deferred.class);
		return !deferred.equals(ResolvableType.NONE) ? deferred.getGeneric() : null;
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		return result instanceof Job;
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		if (result instanceof Job job) {
			recording.readArguments();
			try {
				job.invokeOnCompletion((failure) -> {
					ended(job, failure, recording);
					return Unit.INSTANCE;
				});
			}
			catch (Throwable ex) {
				call.couldNotRecord(ex);
			}
		}
		return result;
	}

	private static void ended(Job job, @Nullable Throwable failure, Recording recording) {
		if (failure != null) {
			recording.endedWith(failure);
		}
		else {
			recording.succeeded((job instanceof Deferred<?> deferred) ? deferred.getCompleted() : null);
		}
	}

}
