package dev.telemetry.benchmarks;

import java.util.concurrent.TimeUnit;

import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.aspect.TelemetryEventAdvisor;
import dev.telemetry.aspect.TelemetryEventScanner;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.sdk.TelemetrySdk;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.annotation.Observed;
import io.micrometer.observation.aop.ObservedAspect;
import org.aopalliance.intercept.MethodInterceptor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.aop.aspectj.annotation.AspectJProxyFactory;
import org.springframework.aop.framework.ProxyFactory;

/**
 * What an annotated method costs its caller: a plain call, Spring's interceptor that only
 * proceeds, ours while consent is off and on, and Micrometer's aspect without and with a
 * handler. The floor is a counter and a timer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = { "-Xms1g", "-Xmx1g" })
public class InterceptionBenchmark {

	private static final int BURST = 2000;

	private final Service plain = new Service();

	private final Service bare = proxied(
			(ProxyFactory factory) -> factory.addAdvice((MethodInterceptor) (invocation) -> invocation.proceed()));

	private final TelemetrySdk closed = TelemetrySdk.builder()
		.tool("benchmark")
		.gate(ConsentGate.builder(ConsentStore.memory()).build())
		.build();

	private final Service off = proxied((factory) -> factory.addAdvisor(advisor(this.closed)));

	private final Service observedIdle = observed(ObservationRegistry.create());

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final Service observedMeters = observed(withHandler(this.meters));

	private final Counter counter = this.meters.counter("orders");

	private final Timer timer = this.meters.timer("orders.time");

	private int value = 3;

	private static TelemetryEventAdvisor advisor(TelemetrySdk sdk) {
		return advisor(sdk.context());
	}

	private static TelemetryEventAdvisor advisor(dev.telemetry.TelemetryContext context) {
		return new TelemetryEventAdvisor(new TelemetryEventScanner(true, (problem) -> {
			throw new IllegalStateException(problem.toString());
		}), () -> context, System::nanoTime, TelemetryEventAdvisor.DEFAULT_ORDER);
	}

	private static ObservationRegistry withHandler(SimpleMeterRegistry meters) {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		return registry;
	}

	private static Service observed(ObservationRegistry registry) {
		AspectJProxyFactory factory = new AspectJProxyFactory(new Service());
		factory.addAspect(new ObservedAspect(registry));
		return factory.getProxy();
	}

	private static Service proxied(java.util.function.Consumer<ProxyFactory> advice) {
		ProxyFactory factory = new ProxyFactory(new Service());
		advice.accept(factory);
		return (Service) factory.getProxy();
	}

	@Benchmark
	public int plain() {
		return this.plain.place(this.value);
	}

	@Benchmark
	public int bareInterceptor() {
		return this.bare.place(this.value);
	}

	@Benchmark
	public int advisorOff() {
		return this.off.place(this.value);
	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public int advisorOn(Open open) {
		int result = 0;
		for (int i = 0; i < BURST; i++) {
			result += open.on.place(this.value);
		}
		return result;
	}

	@Benchmark
	public int observedWithoutHandler() {
		return this.observedIdle.place(this.value);
	}

	@Benchmark
	public int observedWithMeters() {
		return this.observedMeters.place(this.value);
	}

	@Benchmark
	public int micrometerCounter() {
		this.counter.increment();
		return this.value;
	}

	@Benchmark
	public int micrometerTimer() {
		this.timer.record(17, TimeUnit.NANOSECONDS);
		return this.value;
	}

	/** Ours, with an open gate: in bursts that fit its queue. */
	@State(Scope.Benchmark)
	public static class Open {

		private Ours ours;

		private Service on;

		@Setup(Level.Trial)
		public void open() {
			this.ours = Ours.nowhere(false);
			this.on = proxied((factory) -> factory.addAdvisor(advisor(this.ours.context())));
		}

		@Setup(Level.Invocation)
		public void drain() {
			this.ours.drain();
		}

		@TearDown(Level.Trial)
		public void close() {
			this.ours.close();
		}

	}

	/** A bean. */
	public static class Service {

		@TelemetryEvent("order.placed")
		@Observed(name = "order.placed")
		public int place(int items) {
			return items + 1;
		}

	}

}
