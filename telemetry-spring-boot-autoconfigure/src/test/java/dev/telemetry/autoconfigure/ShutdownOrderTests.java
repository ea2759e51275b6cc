package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.telemetry.EventScope;
import dev.telemetry.EventType;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.event.Event;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.sink.TelemetrySink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application does while it stops is recorded and delivered, as long as Spring
 * waits for it.
 */
class ShutdownOrderTests {

	@TempDir
	Path home;

	private final MemorySink sink = new MemorySink();

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = TestApplication.runner(this.home)
			.withPropertyValues(TestApplication.YES)
			.withBean("memorySink", MemorySink.class, () -> this.sink)
			.withBean(Orders.class);
	}

	@ParameterizedTest
	@ValueSource(classes = { WaitingExecutor.class, AwaitingExecutor.class, AcceptingExecutor.class,
			WaitingScheduler.class, VirtualLikeExecutor.class })
	void taskWhenItIsAwaitedIsRecorded(Class<?> configuration) {
		AtomicReference<TelemetrySdk> telemetry = new AtomicReference<>();
		this.runner.withUserConfiguration(configuration, LastToStop.class).run((context) -> {
			telemetry.set(TestApplication.telemetry(context));
			startTask(context, context.getBean(AsyncTaskExecutor.class));
		});
		assertDelivered(telemetry.get(), "order.placed");
	}

	@Test
	void taskWhenSpringBootsExecutorAwaitsItIsRecorded() {
		this.runner
			.withPropertyValues("spring.task.execution.shutdown.await-termination=true",
					"spring.task.execution.shutdown.await-termination-period=20s")
			.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.withUserConfiguration(LastToStop.class, Asynchronous.class)
			.withBean(AsyncOrders.class)
			.run((context) -> {
				context.getBean(AsyncOrders.class).place(context.getBean(LastToStop.class));
				context.getBean(LastToStop.class).awaitBegun();
			});
		assertThat(names()).containsExactly("order.placed_later");
	}

	@Test
	void taskWhenSpringBootsSchedulerAwaitsItIsRecorded() {
		this.runner
			.withPropertyValues("spring.task.scheduling.shutdown.await-termination=true",
					"spring.task.scheduling.shutdown.await-termination-period=20s")
			.withConfiguration(AutoConfigurations.of(TaskSchedulingAutoConfiguration.class))
			.withUserConfiguration(LastToStop.class, Scheduling.class)
			.run((context) -> startTask(context, context.getBean(ThreadPoolTaskScheduler.class)));
		assertThat(names()).containsExactly("order.placed");
	}

	@Test
	void callWhenABeanIsDestroyedIsRecorded() {
		this.runner.withBean("first", PlacesAtTheEnd.class).run((context) -> assertThat(context).hasNotFailed());
		assertThat(names()).containsExactly("order.placed");
	}

	@Test
	void callWhenTheApplicationHearsOfItsEndIsRecorded() {
		this.runner.withBean(PlacesWhenClosed.class).run((context) -> assertThat(context).hasNotFailed());
		assertThat(names()).containsExactly("order.placed");
	}

	@ParameterizedTest
	@ValueSource(ints = { Integer.MAX_VALUE, Integer.MAX_VALUE / 2, 0, Integer.MIN_VALUE })
	void callWhenALifecycleEndsIsRecorded(int phase) {
		this.runner.withBean(PlacesWhenStopped.class, (Object) phase)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(names()).containsExactly("order.placed");
	}

	@Test
	void sinkWhenItNeedsOtherBeansIsDeliveredToWhileTheyAreThere() {
		List<String> seen = new CopyOnWriteArrayList<>();
		this.runner.withUserConfiguration(WaitingExecutor.class, LastToStop.class)
			.withBean("connection", Connection.class)
			.withBean("dependent", DependentSink.class, seen)
			.run((context) -> startTask(context, context.getBean(AsyncTaskExecutor.class)));
		assertThat(seen).containsExactly("order.placed");
	}

	@Test
	void dataSourceWhereConsentMayBeStoredIsThereUntilTheEnd() {
		List<String> seen = new CopyOnWriteArrayList<>();
		AtomicReference<TelemetrySdk> telemetry = new AtomicReference<>();
		this.runner
			.withBean("dataSource", ClosingDataSource.class,
					() -> new ClosingDataSource(
							() -> seen.add("data source " + telemetry.get().context().isCollecting())))
			.withBean("other", DisposableBean.class,
					() -> () -> seen.add("other " + telemetry.get().context().isCollecting()))
			.run((context) -> telemetry.set(TestApplication.telemetry(context)));
		assertThat(seen).containsExactly("other true", "data source false");
	}

	@Test
	void orderOfTheApplicationsOwnBeansIsTheSame() {
		List<String> with = new CopyOnWriteArrayList<>();
		List<String> without = new CopyOnWriteArrayList<>();
		closing(this.runner, with);
		closing(new ApplicationContextRunner(), without);
		assertThat(with).isEqualTo(without).containsExactly("d", "c", "b", "a");
	}

	private static void closing(ApplicationContextRunner runner, List<String> order) {
		Named first = new Named("a", order);
		runner.withBean("a", Named.class, () -> first)
			.withBean("b", Named.class, () -> new Named("b", order))
			.withBean("c", Named.class, () -> new Named("c", order))
			.withBean("d", Named.class, () -> new Named("d", order))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void recordWhenTheApplicationHasStoppedIsCountedAsShutdown() {
		AtomicReference<TelemetrySdk> telemetry = new AtomicReference<>();
		AtomicReference<EventScope> scope = new AtomicReference<>();
		this.runner.run((context) -> {
			telemetry.set(TestApplication.telemetry(context));
			scope.set(telemetry.get().context().start(EventType.of("order.open")));
			telemetry.get().context().record("order.placed");
		});
		scope.get().close();
		telemetry.get().context().record("order.late");
		telemetry.get().context().event(EventType.of("order.later")).record();
		assertThat(telemetry.get().context().isCollecting()).isFalse();
		assertThat(names()).containsExactly("order.placed");
		assertThat(telemetry.get().status().sinks()).hasSize(2)
			.allSatisfy((status) -> assertThat(status.dropped()).isEqualTo(Map.of("shutdown", 3L)));
	}

	@Test
	void recordWhenWithdrawnAfterTheApplicationHasStoppedIsNothing() {
		AtomicReference<TelemetrySdk> telemetry = new AtomicReference<>();
		this.runner.run((context) -> telemetry.set(TestApplication.telemetry(context)));
		telemetry.get().gate().disable("command");
		telemetry.get().context().record("order.late");
		assertThat(telemetry.get().status().sinks()).allSatisfy((status) -> assertThat(status.dropped()).isEmpty());
	}

	@Test
	void contextWhenPausedAwaitsTheTasksThatSpringAwaits() {
		this.runner.withUserConfiguration(PausedExecutor.class).run((context) -> {
			CountDownLatch begun = new CountDownLatch(1);
			CountDownLatch paused = new CountDownLatch(1);
			context.getBean(PausedExecutor.class).paused = paused;
			context.getBean(AsyncTaskExecutor.class).submit(() -> {
				begun.countDown();
				await(paused);
				context.getBean(Orders.class).place();
			});
			await(begun);
			context.getSourceApplicationContext().stop();
			assertThat(names()).containsExactly("order.placed");
			context.getSourceApplicationContext().start();
			context.getBean(Orders.class).place();
			assertThat(TestApplication.deliveredNames(context)).hasSize(2);
		});
	}

	private static void startTask(ApplicationContext context, AsyncTaskExecutor executor) {
		LastToStop last = context.getBean(LastToStop.class);
		Orders orders = context.getBean(Orders.class);
		executor.execute(() -> {
			last.begun.countDown();
			await(last.stopped);
			orders.place();
		});
		last.awaitBegun();
	}

	private void assertDelivered(TelemetrySdk telemetry, String... names) {
		assertThat(names()).containsExactly(names);
		assertThat(telemetry.status().sinks()).extracting(DeliveryStatus::dropped)
			.allSatisfy((dropped) -> assertThat(dropped).isEmpty());
	}

	private List<String> names() {
		return this.sink.events().stream().map(Event::name).toList();
	}

	private static void await(CountDownLatch latch) {
		try {
			if (!latch.await(TestApplication.LONG.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new AssertionError("what a task waited for did not come");
			}
		}
		catch (InterruptedException ex) {
			// The executor does not wait for ever, and need not
			Thread.currentThread().interrupt();
		}
	}

	static class Orders {

		@TelemetryEvent("order.placed")
		public void place() {
		}

	}

	/** Stops when everything else that has a phase has stopped. */
	static class LastToStop implements SmartLifecycle {

		final CountDownLatch begun = new CountDownLatch(1);

		final CountDownLatch stopped = new CountDownLatch(1);

		void awaitBegun() {
			await(this.begun);
		}

		@Override
		public void start() {
		}

		@Override
		public void stop() {
			this.stopped.countDown();
		}

		@Override
		public boolean isRunning() {
			return this.stopped.getCount() > 0;
		}

		@Override
		public int getPhase() {
			return Integer.MIN_VALUE;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WaitingExecutor {

		@Bean
		ThreadPoolTaskExecutor ownExecutor() {
			ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
			executor.setWaitForTasksToCompleteOnShutdown(true);
			executor.setAwaitTerminationSeconds(20);
			return executor;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AwaitingExecutor {

		@Bean
		ThreadPoolTaskExecutor ownExecutor() {
			ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
			executor.setAcceptTasksAfterContextClose(true);
			executor.setAwaitTerminationSeconds(20);
			return executor;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AcceptingExecutor {

		@Bean(destroyMethod = "shutdown")
		ThreadPoolTaskExecutor ownExecutor() {
			ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
			executor.setWaitForTasksToCompleteOnShutdown(true);
			executor.setAcceptTasksAfterContextClose(true);
			executor.setAwaitTerminationSeconds(20);
			return executor;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WaitingScheduler {

		@Bean
		ThreadPoolTaskScheduler ownScheduler() {
			ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
			scheduler.setWaitForTasksToCompleteOnShutdown(true);
			scheduler.setAwaitTerminationSeconds(20);
			return scheduler;
		}

	}

	/** As Spring Boot makes it of virtual threads. */
	@Configuration(proxyBeanMethods = false)
	static class VirtualLikeExecutor {

		@Bean
		SimpleAsyncTaskExecutor ownExecutor() {
			SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
			executor.setTaskTerminationTimeout(TestApplication.LONG.toMillis());
			return executor;
		}

	}

	/** Tells when the lifecycle of executors has begun to stop. */
	@Configuration(proxyBeanMethods = false)
	static class PausedExecutor {

		CountDownLatch paused = new CountDownLatch(1);

		@Bean
		ThreadPoolTaskExecutor ownExecutor() {
			return new ThreadPoolTaskExecutor() {

				private static final long serialVersionUID = 1L;

				@Override
				public void stop(Runnable callback) {
					super.stop(callback);
					PausedExecutor.this.paused.countDown();
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class Asynchronous {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Scheduling {

	}

	static class AsyncOrders {

		@Async
		@TelemetryEvent("order.placed_later")
		public void place(LastToStop last) {
			last.begun.countDown();
			await(last.stopped);
		}

	}

	/** Depends on nothing of ours. */
	static class PlacesAtTheEnd implements DisposableBean {

		private final Orders orders;

		PlacesAtTheEnd(Orders orders) {
			this.orders = orders;
		}

		@Override
		public void destroy() {
			this.orders.place();
		}

	}

	static class PlacesWhenClosed implements ApplicationListener<ContextClosedEvent> {

		private final Orders orders;

		PlacesWhenClosed(Orders orders) {
			this.orders = orders;
		}

		@Override
		public void onApplicationEvent(ContextClosedEvent event) {
			this.orders.place();
		}

	}

	static class PlacesWhenStopped implements SmartLifecycle {

		private final Orders orders;

		private final int phase;

		private volatile boolean running;

		PlacesWhenStopped(Orders orders, int phase) {
			this.orders = orders;
			this.phase = phase;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.orders.place();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

	static class ClosingDataSource extends DriverManagerDataSource implements DisposableBean {

		private final Runnable closing;

		ClosingDataSource(Runnable closing) {
			this.closing = closing;
		}

		@Override
		public void destroy() {
			this.closing.run();
		}

	}

	static class Connection implements DisposableBean {

		private volatile boolean open = true;

		@Override
		public void destroy() {
			this.open = false;
		}

	}

	static class DependentSink implements TelemetrySink {

		private final Connection connection;

		private final Consumer<String> seen;

		DependentSink(Connection connection, List<String> seen) {
			this.connection = connection;
			this.seen = seen::add;
		}

		@Override
		public void emit(Event event) {
			this.seen.accept(this.connection.open ? event.name() : "too late");
		}

	}

	/**
	 * Says when it is destroyed.
	 *
	 * @param name its name
	 * @param order takes the name
	 */
	record Named(String name, List<String> order) implements DisposableBean {

		@Override
		public void destroy() {
			this.order.add(this.name);
		}

	}

}
