package dev.telemetry.aspect;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * The call ends when a future says so to its listeners. Known by its shape, a method
 * {@code addListener(Runnable, Executor)}, so that no library is needed: those of Guava,
 * of gRPC and of Google's clients are such. The future itself is returned.
 */
final class ListenableFutureHandler implements ReturnHandler {

	private static final ClassValue<Optional<Method>> ADD_LISTENER = new ClassValue<>() {

		@Override
		protected Optional<Method> computeValue(Class<?> type) {
			Method method = ClassUtils.getMethodIfAvailable(type, "addListener", Runnable.class, Executor.class);
			return Optional.ofNullable(method).map((found) -> ClassUtils.getInterfaceMethodIfPossible(found, type));
		}

	};

	@Override
	public boolean isCandidate(ResolvableType declared) {
		Class<?> type = declared.toClass();
		return type.isAssignableFrom(Future.class) || isListenable(type);
	}

	private static boolean isListenable(Class<?> type) {
		return Future.class.isAssignableFrom(type) && !CompletionStage.class.isAssignableFrom(type)
				&& ADD_LISTENER.get(type).isPresent();
	}

	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		return declared.as(Future.class).getGeneric();
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		return result != null && isListenable(result.getClass());
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		if (result instanceof Future<?> future) {
			recording.readArguments();
			Runnable listener = () -> ended(future, recording);
			Executor directly = Runnable::run;
			try {
				ADD_LISTENER.get(future.getClass()).orElseThrow().invoke(future, listener, directly);
			}
			catch (Throwable ex) {
				call.couldNotRecord(ex);
			}
		}
		return result;
	}

	/** Nothing is waited for: the future has ended. */
	private static void ended(Future<?> future, Recording recording) {
		try {
			recording.succeeded(future.get());
		}
		catch (CancellationException | ExecutionException ex) {
			recording.endedWith(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			recording.abandon();
		}
	}

}
