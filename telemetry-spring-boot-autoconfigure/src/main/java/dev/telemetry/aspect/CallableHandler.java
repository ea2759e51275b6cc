package dev.telemetry.aspect;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Each time a {@link Callable} is called is a call of its own and ends with it, as where
 * Spring MVC calls what a controller returned. A subtype that the method declares cannot
 * be replaced, so it cannot be measured.
 */
final class CallableHandler implements ReturnHandler {

	@Override
	public boolean isCandidate(ResolvableType declared) {
		return declared.toClass().isAssignableFrom(Callable.class);
	}

	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		return declared.as(Callable.class).getGeneric();
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		return ReturnHandler.isReplaceable(result, Callable.class, declared);
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		return (result instanceof Callable<?> task) ? (Callable<?>) () -> recorded(task, call) : result;
	}

	private static <T extends @Nullable Object> T recorded(Callable<T> task, RecordedCall call) throws Exception {
		if (!call.isCollecting()) {
			return task.call();
		}
		Recording recording = call.begin();
		recording.readArguments();
		try {
			T value = task.call();
			recording.succeeded(value);
			return value;
		}
		catch (InterruptedException ex) {
			recording.cancelled();
			throw ex;
		}
		catch (Throwable ex) {
			recording.endedWith(ex);
			throw ex;
		}
	}

}
