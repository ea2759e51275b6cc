package dev.telemetry.aspect;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;

/**
 * Each subscription to a {@link Mono} is a call of its own and ends with it. A subtype of
 * {@code Mono} that the method declares cannot be replaced, so it cannot be measured.
 */
final class MonoHandler implements ReturnHandler {

	@Override
	public boolean isCandidate(ResolvableType declared) {
		return declared.toClass().isAssignableFrom(Mono.class);
	}

	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		return declared.as(Mono.class).getGeneric();
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		return result instanceof Mono;
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		return (result instanceof Mono<?> mono) ? recorded(mono, call) : result;
	}

	private static <T> Mono<T> recorded(Mono<T> source, RecordedCall call) {
		return Mono.defer(() -> call.isCollecting() ? recorded(source, call.begin()) : source);
	}

	private static <T> Mono<T> recorded(Mono<T> source, Recording recording) {
		recording.readArguments();
		return source.doOnSuccess(recording::succeeded)
			.doOnError(recording::endedWith)
			.doOnCancel(recording::cancelled);
	}

}
