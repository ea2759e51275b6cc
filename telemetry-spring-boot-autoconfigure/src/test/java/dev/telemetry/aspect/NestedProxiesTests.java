package dev.telemetry.aspect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.aspect.FakeTelemetryContext.Recorded;
import dev.telemetry.sdk.Patience;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.HotSwappableTargetSource;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.AsyncAnnotationAdvisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** However many proxies a call passes, it is one call. */
class NestedProxiesTests {

	private final Advised advised = new Advised();

	private final Orders target = new Orders();

	private final Orders inner = this.advised.proxy(this.target);

	private final Orders outer = this.advised.proxy(this.inner);

	@Test
	void callWhenTwoProxiesAreNestedIsRecordedOnce() {
		this.outer.place();
		assertThat(this.advised.names()).containsExactly("order.placed");
		this.inner.place();
		assertThat(this.advised.names()).as("the inner one alone").hasSize(2);
	}

	@Test
	void callWhenThreeProxiesAreNestedAndOneIsOfAnotherKindIsRecordedOnce() {
		Orders between = proxy(this.outer, (MethodInterceptor) (call) -> call.proceed());
		this.advised.proxy(between).place();
		assertThat(this.advised.names()).containsExactly("order.placed");
	}

	@Test
	void callWhenTheAdvisorIsTwiceInOneProxyIsRecordedOnce() {
		ProxyFactory factory = factory(this.target);
		factory.addAdvisor(this.advised.bySubclass);
		factory.addAdvisor(this.advised.bySubclass);
		Orders twice = (Orders) factory.getProxy();
		twice.place();
		twice.place();
		assertThat(this.advised.names()).hasSize(2);
	}

	@Test
	void callWhenProxiesAreOpaqueIsRecordedOnce() {
		ProxyFactory factory = factory(this.target);
		factory.setOpaque(true);
		factory.addAdvisor(this.advised.bySubclass);
		this.advised.proxy((Orders) factory.getProxy()).place();
		assertThat(this.advised.names()).containsExactly("order.placed");
	}

	@Test
	void callWhenProxiesByInterfaceAreNestedIsRecordedOnce() {
		Desk first = this.advised.proxy(Desk.class, new OwnDesk());
		Desk second = this.advised.proxy(Desk.class, first);
		second.open();
		second.close();
		assertThat(this.advised.names()).containsExactlyInAnyOrder("desk.opened", "desk.closed");
	}

	@Test
	void callWhenItCallsItselfThroughTheOuterProxyIsRecordedEachTime() {
		this.target.self = this.outer;
		this.outer.repeat(2);
		assertThat(this.advised.names()).containsExactly("order.repeated", "order.repeated", "order.repeated");
	}

	@Test
	void callWhenItCallsItselfThroughTheInnerProxyIsRecordedEachTime() {
		this.target.self = this.inner;
		this.outer.repeat(2);
		assertThat(this.advised.names()).containsExactly("order.repeated", "order.repeated", "order.repeated");
	}

	@Test
	void callWhenItCallsItselfThroughAnyProxyWithOneProxyIsRecordedEachTime() {
		this.target.self = this.inner;
		this.inner.repeat(1);
		assertThat(this.advised.names()).hasSize(2);
	}

	@Test
	void callWhenItCallsAnotherOfItsClassIsRecordedEachTime() {
		Orders other = this.advised.proxy(this.advised.proxy(new Orders()));
		this.target.self = other;
		this.outer.repeat(1);
		assertThat(this.advised.names()).hasSize(2);
	}

	@Test
	void callWhenTheOuterProxyRefusesItIsRecordedAsFailure() {
		Orders refusing = guarded((call) -> {
			throw new SecurityException();
		});
		assertThat(catchThrowable(refusing::place)).isInstanceOf(SecurityException.class);
		assertThat(this.advised.event().outcome()).isEqualTo("error");
		this.inner.place();
		assertThat(this.advised.names()).as("what was refused is forgotten").hasSize(2);
	}

	@Test
	void callWhenTheOuterProxyRepeatsItIsRecordedOnceForEachAttempt() {
		List<String> attempts = new ArrayList<>();
		Orders repeating = guarded((call) -> {
			attempts.add("first");
			((ProxyMethodInvocation) call).invocableClone().proceed();
			attempts.add("second");
			return call.proceed();
		});
		repeating.place();
		assertThat(attempts).hasSize(2);
		assertThat(this.advised.names()).hasSize(2);
	}

	@Test
	void callWhenItsResultEndsLaterIsRecordedOnce() throws Exception {
		this.outer.mono().block(Patience.LIMIT);
		this.outer.callable().call();
		assertThat(this.advised.names()).containsExactly("order.mono", "order.callable");
	}

	@Test
	void callWhenItFailsIsRecordedOnce() {
		assertThat(catchThrowable(this.outer::fail)).isInstanceOf(IOException.class);
		assertThat(this.advised.context.events()).extracting(Recorded::outcome).containsExactly("error");
	}

	@Test
	void callWhenAnAdvisorBetweenCallsAnotherMethodOfTheTargetRecordsBoth() {
		Orders asking = guarded((call) -> {
			this.inner.mono().block(Patience.LIMIT);
			return call.proceed();
		});
		asking.place();
		assertThat(this.advised.names()).containsExactly("order.mono", "order.placed");
	}

	@Test
	void callWhenTheTargetIsExchangeableIsRecordedOnce() {
		ProxyFactory factory = new ProxyFactory();
		factory.setTargetSource(new HotSwappableTargetSource(this.target));
		factory.setProxyTargetClass(true);
		factory.addAdvisor(this.advised.bySubclass);
		this.advised.proxy((Orders) factory.getProxy()).place();
		assertThat(this.advised.names()).containsExactly("order.placed");
	}

	@Test
	void callWhenAsyncHandsItToAnotherThreadIsRecordedOnceWhereItRuns() {
		List<Runnable> tasks = new ArrayList<>();
		asynchronous(tasks::add).later();
		assertThat(this.advised.names()).as("it has not run yet").isEmpty();
		tasks.forEach(Runnable::run);
		assertThat(this.advised.names()).containsExactly("order.later");
	}

	@Test
	void callWhenAsyncRunsItOnTheSameThreadIsRecordedOnce() {
		asynchronous(Runnable::run).later();
		assertThat(this.advised.names()).containsExactly("order.later");
	}

	@Test
	void callWhenAsyncHasNoThreadForItIsRecordedAsFailure() {
		Orders refused = asynchronous((task) -> {
			throw new RejectedExecutionException();
		});
		assertThat(catchThrowable(refused::later)).isInstanceOf(RejectedExecutionException.class);
		assertThat(this.advised.event().outcome()).isEqualTo("error");
	}

	@Test
	void callWhenAnotherMethodIsAsynchronousIsRecordedOnce() {
		asynchronous((task) -> {
			throw new RejectedExecutionException();
		}).place();
		assertThat(this.advised.names()).containsExactly("order.placed");
	}

	/** As Spring puts it: before the advisors of the proxy that was there first. */
	private Orders asynchronous(Executor executor) {
		ProxyFactory factory = factory(this.target);
		factory.addAdvisor(new AsyncAnnotationAdvisor(() -> executor, null));
		factory.addAdvisor(this.advised.bySubclass);
		return this.advised.proxy((Orders) factory.getProxy());
	}

	/** The advisor, an advice behind it, and the inner proxy behind that. */
	private Orders guarded(MethodInterceptor advice) {
		ProxyFactory factory = factory(this.inner);
		factory.addAdvisor(this.advised.bySubclass);
		factory.addAdvice(advice);
		return (Orders) factory.getProxy();
	}

	private static Orders proxy(Orders target, Advice advice) {
		ProxyFactory factory = factory(target);
		factory.addAdvice(advice);
		return (Orders) factory.getProxy();
	}

	private static ProxyFactory factory(Orders target) {
		ProxyFactory factory = new ProxyFactory(target);
		factory.setProxyTargetClass(true);
		return factory;
	}

	static class Orders {

		private Orders self = this;

		@TelemetryEvent("order.placed")
		public void place() {
		}

		@TelemetryEvent("order.repeated")
		public void repeat(int times) {
			if (times > 0) {
				this.self.repeat(times - 1);
			}
		}

		@TelemetryEvent("order.mono")
		public Mono<String> mono() {
			return Mono.just("a");
		}

		@TelemetryEvent("order.callable")
		public Callable<String> callable() {
			return () -> "a";
		}

		@Async
		@TelemetryEvent("order.later")
		public void later() {
		}

		@TelemetryEvent("order.failed")
		public void fail() throws IOException {
			throw new IOException();
		}

	}

	interface Desk {

		void open();

		@TelemetryEvent("desk.closed")
		void close();

	}

	static class OwnDesk implements Desk {

		@Override
		@TelemetryEvent("desk.opened")
		public void open() {
		}

		@Override
		public void close() {
		}

	}

}
