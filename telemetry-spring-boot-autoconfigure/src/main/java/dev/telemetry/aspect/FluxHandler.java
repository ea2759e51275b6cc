package dev.telemetry.aspect;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.ResolvableType;

/**
 * Each subscription to a {@link Flux} is a call of its own and ends with it. It resolves
 * to no single value. A subtype of {@code Flux} that the method declares cannot be
 * replaced, so it cannot be measured.
 */
final class FluxHandler implements ReturnHandler {

	@Override
	public boolean isCandidate(ResolvableType declared) {
		return declared.toClass().isAssignableFrom(Flux.class);
	}

	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		return null;
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		return result instanceof Flux;
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		return (result instanceof Flux<?> flux) ? recorded(flux, call) : result;
	}

	private static <T> Flux<T> recorded(Flux<T> source, RecordedCall call) {
		return Flux.defer(() -> call.isCollecting() ? recorded(source, call.begin()) : source);
	}

	private static <T> Flux<T> recorded(Flux<T> source, Recording recording) {
		recording.readArguments();
		return source.doOnComplete(() -> recording.succeeded(null))
			.doOnError(recording::endedWith)
			.doOnCancel(recording::cancelled);
	}

}
