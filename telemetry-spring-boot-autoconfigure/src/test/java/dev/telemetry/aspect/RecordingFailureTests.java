package dev.telemetry.aspect;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import dev.telemetry.EventScope;
import dev.telemetry.TelemetryContext;
import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.sdk.Patience;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Recording that fails never reaches the caller. */
@ExtendWith(OutputCaptureExtension.class)
class RecordingFailureTests {

	private final AtomicLong nanos = new AtomicLong(-5);

	private final AtomicInteger thrown = new AtomicInteger();

	@ParameterizedTest
	@ValueSource(strings = { "isCollecting", "start", "attribute", "failed", "cancelled", "close" })
	void callWhenRecordingThrowsIsUnaffected(String method) {
		Work work = proxy(() -> failingAt(method));
		IOException failure = new IOException();
		assertThat(work.plain("result")).isEqualTo("result");
		assertThat(catchThrowable(() -> work.fail(failure))).isSameAs(failure);
		CompletableFuture<String> future = new CompletableFuture<>();
		assertThat(work.stage(future)).isSameAs(future);
		assertThat(future.cancel(true)).isTrue();
		assertThat(work.mono(Mono.just("a")).block(Patience.LIMIT)).isEqualTo("a");
		assertThat(work.flux(Flux.just("a", "b")).collectList().block(Patience.LIMIT)).containsExactly("a", "b");
		assertThat(catchThrowable(() -> work.mono(Mono.error(failure)).block(Patience.LIMIT))).hasCause(failure);
		assertThat(this.thrown).as("the control: recording did throw").hasPositiveValue();
	}

	@Test
	void callWhenContextCannotBeHadIsUnaffectedAndNextCallAsksAgain() {
		FakeTelemetryContext context = new FakeTelemetryContext();
		List<@Nullable TelemetryContext> answers = new ArrayList<>();
		answers.add(null);
		answers.add(context);
		Work work = proxy(() -> {
			if (this.thrown.getAndIncrement() == 0) {
				throw new IllegalStateException("in creation");
			}
			return answers.remove(0);
		});
		assertThat(work.plain("first")).isEqualTo("first");
		assertThat(work.plain("second")).isEqualTo("second");
		assertThat(context.events()).isEmpty();
		assertThat(work.plain("third")).isEqualTo("third");
		assertThat(work.plain("fourth")).isEqualTo("fourth");
		assertThat(context.events()).hasSize(2);
	}

	@Test
	void advisorWhenNothingIsCalledDoesNotAskForTheContext() {
		Work work = proxy(() -> {
			throw new IllegalStateException("asked too early");
		});
		assertThat(work).isNotNull();
	}

	@Test
	void failuresWhenFrequentAreWarnedAboutOnceAMinuteWithoutMessage(CapturedOutput output) {
		Work work = proxy(() -> failingAt("start"));
		work.plain("one");
		work.plain("two");
		assertThat(output).containsOnlyOnce("could not record work.plain (java.lang.IllegalStateException)");
		assertThat(output).doesNotContain("a recorded value");
		this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(59));
		work.stage(new CompletableFuture<>());
		assertThat(output).doesNotContain("work.stage");
		this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
		work.stage(new CompletableFuture<>());
		assertThat(output).containsOnlyOnce("work.stage");
	}

	@Test
	void callWhenStageRefusesCallbacksIsUnaffected() {
		CompletableFuture<String> stubborn = new CompletableFuture<>() {

			@Override
			public CompletableFuture<String> whenComplete(
					java.util.function.BiConsumer<? super String, ? super Throwable> action) {
				throw new UnsupportedOperationException();
			}

		};
		assertThat(proxy(FakeTelemetryContext::new).stage(stubborn)).isSameAs(stubborn);
	}

	private Work proxy(Supplier<@Nullable TelemetryContext> context) {
		ProxyFactory factory = new ProxyFactory(new Work());
		factory.addAdvisor(new TelemetryEventAdvisor(new TelemetryEventScanner(true, (problem) -> {
		}), context, this.nanos::get, 0));
		return (Work) factory.getProxy();
	}

	private TelemetryContext failingAt(String method) {
		return failingAt(method, TelemetryContext.class, new FakeTelemetryContext());
	}

	private <T> T failingAt(String failing, Class<T> type, T target) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				if (method.getName().equals(failing)) {
					this.thrown.incrementAndGet();
					throw new IllegalStateException("a recorded value");
				}
				Object result = method.invoke(target, arguments);
				return (result instanceof EventScope scope) ? failingAt(failing, EventScope.class, scope) : result;
			}));
	}

	static class Work {

		@TelemetryEvent("work.plain")
		@TelemetryAttribute("result")
		public String plain(@TelemetryAttribute("value") String value) {
			return value;
		}

		@TelemetryEvent("work.fail")
		public void fail(Exception failure) throws Exception {
			throw failure;
		}

		@TelemetryEvent("work.stage")
		public CompletableFuture<String> stage(CompletableFuture<String> stage) {
			return stage;
		}

		@TelemetryEvent("work.mono")
		public Mono<String> mono(Mono<String> mono) {
			return mono;
		}

		@TelemetryEvent("work.flux")
		public Flux<String> flux(Flux<String> flux) {
			return flux;
		}

	}

}
