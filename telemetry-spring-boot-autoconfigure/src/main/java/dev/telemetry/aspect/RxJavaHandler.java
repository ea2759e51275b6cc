package dev.telemetry.aspect;

import java.util.List;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeSource;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleSource;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Each subscription to a type of RxJava is a call of its own and ends with it. Done with
 * RxJava's own operators: an adapter to a publisher would dispose of a {@code Single}
 * that has succeeded.
 */
final class RxJavaHandler implements ReturnHandler {

	private static final List<Class<?>> TYPES = List.of(Flowable.class, Observable.class, Single.class, Maybe.class,
			Completable.class);

	@Override
	public boolean isCandidate(ResolvableType declared) {
		return TYPES.stream().anyMatch(declared.toClass()::isAssignableFrom);
	}

	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		ResolvableType single = declared.as(SingleSource.class);
		ResolvableType maybe = declared.as(MaybeSource.class);
		if (single.equals(ResolvableType.NONE) && maybe.equals(ResolvableType.NONE)) {
			return null;
		}
		return (single.equals(ResolvableType.NONE) ? maybe : single).getGeneric();
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		return TYPES.stream().anyMatch((type) -> type.isInstance(result));
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		if (result instanceof Flowable<?> flowable) {
			return recorded(flowable, call);
		}
		if (result instanceof Observable<?> observable) {
			return recorded(observable, call);
		}
		if (result instanceof Single<?> single) {
			return recorded(single, call);
		}
		if (result instanceof Maybe<?> maybe) {
			return recorded(maybe, call);
		}
		return (result instanceof Completable completable) ? recorded(completable, call) : result;
	}

	private static <T> Flowable<T> recorded(Flowable<T> source, RecordedCall call) {
		return Flowable.defer(() -> {
			if (!call.isCollecting()) {
				return source;
			}
			Recording recording = call.begin();
			recording.readArguments();
			return source.doOnComplete(() -> recording.succeeded(null))
				.doOnError(recording::endedWith)
				.doOnCancel(recording::cancelled);
		});
	}

	private static <T> Observable<T> recorded(Observable<T> source, RecordedCall call) {
		return Observable.defer(() -> {
			if (!call.isCollecting()) {
				return source;
			}
			Recording recording = call.begin();
			recording.readArguments();
			return source.doOnComplete(() -> recording.succeeded(null))
				.doOnError(recording::endedWith)
				.doOnDispose(recording::cancelled);
		});
	}

	private static <T> Single<T> recorded(Single<T> source, RecordedCall call) {
		return Single.defer(() -> {
			if (!call.isCollecting()) {
				return source;
			}
			Recording recording = call.begin();
			recording.readArguments();
			return source.doOnSuccess(recording::succeeded)
				.doOnError(recording::endedWith)
				.doOnDispose(recording::cancelled);
		});
	}

	private static <T> Maybe<T> recorded(Maybe<T> source, RecordedCall call) {
		return Maybe.defer(() -> {
			if (!call.isCollecting()) {
				return source;
			}
			Recording recording = call.begin();
			recording.readArguments();
			return source.doOnSuccess(recording::succeeded)
				.doOnComplete(() -> recording.succeeded(null))
				.doOnError(recording::endedWith)
				.doOnDispose(recording::cancelled);
		});
	}

	private static Completable recorded(Completable source, RecordedCall call) {
		return Completable.defer(() -> {
			if (!call.isCollecting()) {
				return source;
			}
			Recording recording = call.begin();
			recording.readArguments();
			return source.doOnComplete(() -> recording.succeeded(null))
				.doOnError(recording::endedWith)
				.doOnDispose(recording::cancelled);
		});
	}

}
