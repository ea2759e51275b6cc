package dev.telemetry.aspect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.function.Function;

import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.aspect.FakeTelemetryContext.Recorded;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.CompletableSource;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.ObservableSource;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import kotlinx.coroutines.Deferred;
import kotlinx.coroutines.Job;
import kotlinx.coroutines.flow.FlowKt;
import kotlinx.coroutines.reactive.ReactiveFlowKt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.core.ReactiveAdapterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/** Results of reactive libraries and of Kotlin's coroutines, which end later. */
class ReactiveResultTests {

	private final Advised advised = new Advised();

	private final Sinks.Many<String> source = Sinks.many().unicast().onBackpressureBuffer();

	private final Streams streams = this.advised.proxy(new Streams(this.source.asFlux()));

	@ParameterizedTest
	@EnumSource
	void callWhenResultIsUsedIsRecordedWhenItEnds(Kind kind) {
		Object result = kind.call.apply(this.streams);
		assertThat(result).isInstanceOf(kind.type);
		assertThat(this.advised.names()).as("nobody has subscribed").isEmpty();
		Disposable use = use(result);
		if (kind.multiple) {
			this.source.tryEmitNext("a").orThrow();
		}
		assertThat(this.advised.names()).as("it goes on").isEmpty();
		this.source.tryEmitComplete().orThrow();
		assertThat(this.advised.event().name()).isEqualTo("stream.read");
		assertThat(this.advised.event().outcome()).isEqualTo("ok");
		use.dispose();
		assertThat(this.advised.names()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void callWhenResultFailsIsRecordedAsFailure(Kind kind) {
		use(kind.call.apply(this.streams));
		this.source.tryEmitError(new IOException()).orThrow();
		assertThat(this.advised.event().outcome()).isEqualTo("error");
		assertThat(this.advised.event().failure()).isInstanceOf(IOException.class);
	}

	@ParameterizedTest
	@EnumSource
	void callWhenResultIsGivenUpIsRecordedAsCancelled(Kind kind) {
		use(kind.call.apply(this.streams)).dispose();
		assertThat(this.advised.event().outcome()).isEqualTo("cancelled");
	}

	@ParameterizedTest
	@EnumSource
	void callWhenResultIsUsedTwiceIsRecordedTwice(Kind kind) {
		Streams completed = this.advised.proxy(new Streams(Flux.just("a")));
		Object result = kind.call.apply(completed);
		use(result);
		use(result);
		assertThat(this.advised.names()).containsExactly("stream.read", "stream.read");
	}

	@ParameterizedTest
	@EnumSource
	void callWhenNotCollectingOnceItIsUsedIsNotRecorded(Kind kind) {
		Object result = kind.call.apply(this.streams);
		this.advised.context.collecting(false);
		use(result);
		this.source.tryEmitComplete().orThrow();
		assertThat(this.advised.names()).isEmpty();
	}

	@Test
	void singleWhenItSucceedsKeepsItsOwnCallbacksAndItsValueIsRead() {
		List<String> callbacks = new ArrayList<>();
		Single<String> own = Single.just("abc").doOnDispose(() -> callbacks.add("disposed"));
		this.advised.proxy(new Values()).single(own).subscribe((value) -> callbacks.add(value));
		assertThat(callbacks).containsExactly("abc");
		assertThat(this.advised.event().attributes()).isEqualTo(Map.of("length", 3));
	}

	@Test
	void maybeUniAndDeferredResolveToTheirValue() {
		Values values = this.advised.proxy(new Values());
		values.maybe(Maybe.just("ab")).subscribe();
		values.uni(Uni.createFrom().item("abcd")).subscribe().with((value) -> {
		});
		values.deferred(CompletableDeferredKt.CompletableDeferred("abcde"));
		assertThat(this.advised.context.events()).extracting(Recorded::attributes)
			.containsExactly(Map.of("length", 2), Map.of("length", 4), Map.of("length", 5));
	}

	@Test
	void supertypeWhenDeclaredIsMeasuredAsWell() {
		Sources sources = this.advised.proxy(new Sources());
		Single.wrap(sources.single(Single.just("a"))).subscribe();
		Completable.wrap(sources.completable(Completable.complete())).subscribe();
		Observable.wrap(sources.observable(Observable.just("a"))).subscribe();
		Flowable.fromPublisher(sources.publisher(Flowable.just("a"))).subscribe();
		((Single<?>) sources.object(Single.just("a"))).subscribe();
		assertThat(this.advised.names()).hasSize(5);
	}

	@Test
	void jobWhenItEndsIsRecordedAndIsTheSame() {
		CompletableDeferred<String> work = CompletableDeferredKt.CompletableDeferred(null);
		assertThat(this.advised.proxy(new Values()).job(work)).isSameAs(work);
		assertThat(this.advised.names()).isEmpty();
		work.complete("done");
		assertThat(this.advised.event().outcome()).isEqualTo("ok");
	}

	@Test
	void deferredWhenItFailsOrIsCancelledIsRecordedSo() {
		Values values = this.advised.proxy(new Values());
		CompletableDeferred<String> failing = CompletableDeferredKt.CompletableDeferred(null);
		assertThat(values.deferred(failing)).isSameAs(failing);
		failing.completeExceptionally(new IOException());
		CompletableDeferred<String> given = CompletableDeferredKt.CompletableDeferred(null);
		values.deferred(given);
		given.cancel(new CancellationException());
		assertThat(this.advised.context.events()).extracting(Recorded::outcome).containsExactly("error", "cancelled");
	}

	private static Disposable use(Object result) {
		return Flux.from(ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, result).toPublisher(result))
			.subscribe((value) -> {
			}, (failure) -> {
			});
	}

	enum Kind {

		/** Reactive Streams. */
		PUBLISHER(Publisher.class, true, Streams::publisher),

		/** The JDK's own. */
		FLOW_PUBLISHER(Flow.Publisher.class, true, Streams::flowPublisher),

		FLOWABLE(Flowable.class, true, Streams::flowable),

		OBSERVABLE(Observable.class, true, Streams::observable),

		MAYBE(Maybe.class, false, Streams::maybe),

		COMPLETABLE(Completable.class, true, Streams::completable),

		UNI(Uni.class, false, Streams::uni),

		MULTI(Multi.class, true, Streams::multi),

		/** Kotlin's. */
		FLOW(kotlinx.coroutines.flow.Flow.class, true, Streams::flow),

		FLUX(Flux.class, true, Streams::flux);

		private final Class<?> type;

		private final boolean multiple;

		private final Function<Streams, Object> call;

		Kind(Class<?> type, boolean multiple, Function<Streams, Object> call) {
			this.type = type;
			this.multiple = multiple;
			this.call = call;
		}

	}

	@TelemetryEvent("stream")
	static class Streams {

		private final Flux<String> source;

		Streams(Flux<String> source) {
			this.source = source;
		}

		@TelemetryEvent("stream.read")
		public Publisher<String> publisher() {
			return this.source::subscribe;
		}

		@TelemetryEvent("stream.read")
		public Flow.Publisher<String> flowPublisher() {
			return JdkFlowAdapter.publisherToFlowPublisher(this.source);
		}

		@TelemetryEvent("stream.read")
		public Flowable<String> flowable() {
			return Flowable.fromPublisher(this.source);
		}

		@TelemetryEvent("stream.read")
		public Observable<String> observable() {
			return Observable.fromPublisher(this.source);
		}

		@TelemetryEvent("stream.read")
		public Maybe<String> maybe() {
			return Maybe.fromPublisher(this.source);
		}

		@TelemetryEvent("stream.read")
		public Completable completable() {
			return Completable.fromPublisher(this.source);
		}

		@TelemetryEvent("stream.read")
		public Uni<String> uni() {
			return Uni.createFrom().publisher(JdkFlowAdapter.publisherToFlowPublisher(this.source));
		}

		@TelemetryEvent("stream.read")
		public Multi<String> multi() {
			return Multi.createFrom().publisher(JdkFlowAdapter.publisherToFlowPublisher(this.source));
		}

		@TelemetryEvent("stream.read")
		public kotlinx.coroutines.flow.Flow<String> flow() {
			return ReactiveFlowKt.asFlow(this.source);
		}

		@TelemetryEvent("stream.read")
		public Flux<String> flux() {
			return this.source;
		}

	}

	static class Values {

		@TelemetryEvent("value.read")
		@TelemetryAttribute(value = "length", path = "length")
		public Single<String> single(Single<String> value) {
			return value;
		}

		@TelemetryEvent("value.read")
		@TelemetryAttribute(value = "length", path = "length")
		public Maybe<String> maybe(Maybe<String> value) {
			return value;
		}

		@TelemetryEvent("value.read")
		@TelemetryAttribute(value = "length", path = "length")
		public Uni<String> uni(Uni<String> value) {
			return value;
		}

		@TelemetryEvent("value.read")
		@TelemetryAttribute(value = "length", path = "length")
		public Deferred<String> deferred(Deferred<String> value) {
			return value;
		}

		@TelemetryEvent("value.read")
		public Job job(Job job) {
			return job;
		}

	}

	@TelemetryEvent("source")
	static class Sources {

		public SingleSource<String> single(Single<String> value) {
			return value;
		}

		public CompletableSource completable(Completable value) {
			return value;
		}

		public ObservableSource<String> observable(Observable<String> value) {
			return value;
		}

		public Publisher<String> publisher(Flowable<String> value) {
			return value;
		}

		public Object object(Object value) {
			return value;
		}

	}

	/** What Kotlin's own collectors see must be what the method returned. */
	@Test
	void flowWhenCollectedGivesEveryValue() {
		Streams completed = this.advised.proxy(new Streams(Flux.just("a", "b", "c")));
		List<String> values = new ArrayList<>();
		Flux.from(ReactiveFlowKt.asPublisher(FlowKt.take(completed.flow(), 2))).subscribe(values::add);
		assertThat(values).containsExactly("a", "b");
		assertThat(this.advised.event().outcome()).as("the rest was given up").isEqualTo("cancelled");
	}

}
