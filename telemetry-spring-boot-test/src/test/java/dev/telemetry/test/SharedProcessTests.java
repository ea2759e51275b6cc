package dev.telemetry.test;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;

import static dev.telemetry.test.TelemetryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for what tests of one process share, and for what they leave behind. */
class SharedProcessTests {

	private static final CountDownLatch BOTH = new CountDownLatch(2);

	@Test
	void contextThatIsClosedLeavesNoThread() {
		List<String> before = threads();
		TestExecutionSummary summary = run(Closing.class);
		assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
		assertThat(Closing.during).contains("telemetry-recorded");
		// Of contexts of other tests, which Spring pauses meanwhile, there may be fewer
		assertThat(before).containsAll(threads());
	}

	@Test
	void testsThatRunInParallelInTheirOwnContextsSeeTheirOwnEvents() {
		TestExecutionSummary summary = run(First.class, Second.class);
		summary.getFailures().forEach((failure) -> assertThat(failure.getException()).isNull());
		assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
	}

	@Test
	void methodsOfOneContextAreKeptApartByALock() {
		TestExecutionSummary summary = run(Locked.class);
		summary.getFailures().forEach((failure) -> assertThat(failure.getException()).isNull());
		assertThat(summary.getTestsSucceededCount()).isEqualTo(8);
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("telemetry"))
			.sorted()
			.toList();
	}

	private static TestExecutionSummary run(Class<?>... tests) {
		SummaryGeneratingListener results = new SummaryGeneratingListener();
		LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
			.configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
			.configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
			.configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2");
		for (Class<?> test : tests) {
			request.selectors(DiscoverySelectors.selectClass(test));
		}
		LauncherFactory.create().execute(request.build(), results);
		return results.getSummary();
	}

	@SpringBootTest(classes = Shop.class, webEnvironment = WebEnvironment.NONE, properties = "shop=closing")
	@DirtiesContext
	static class Closing {

		static volatile List<String> during = List.of();

		@Test
		void callIsRecorded(@Autowired Shop.Orders orders, @Autowired RecordedTelemetry recorded) {
			orders.place("alice", 1);
			assertThat(recorded).recorded("order.placed").once();
			during = threads();
		}

	}

	/** Records while the other one does. */
	abstract static class Parallel {

		void record(int items, Shop.Orders orders, RecordedTelemetry recorded) throws InterruptedException {
			BOTH.countDown();
			assertThat(BOTH.await(30, TimeUnit.SECONDS)).as("the other test has begun within 30 s").isTrue();
			for (int i = 0; i < 100; i++) {
				orders.place("alice", items);
			}
			assertThat(recorded).recorded("order.placed").times(100).withAttribute("items", items).times(100);
		}

	}

	@SpringBootTest(classes = Shop.class, webEnvironment = WebEnvironment.NONE, properties = "shop=first")
	@Execution(ExecutionMode.CONCURRENT)
	static class First extends Parallel {

		@Test
		void events(@Autowired Shop.Orders orders, @Autowired RecordedTelemetry recorded) throws InterruptedException {
			record(1, orders, recorded);
		}

	}

	@SpringBootTest(classes = Shop.class, webEnvironment = WebEnvironment.NONE, properties = "shop=second")
	@Execution(ExecutionMode.CONCURRENT)
	static class Second extends Parallel {

		@Test
		void events(@Autowired Shop.Orders orders, @Autowired RecordedTelemetry recorded) throws InterruptedException {
			record(2, orders, recorded);
		}

	}

	@SpringBootTest(classes = Shop.class, webEnvironment = WebEnvironment.NONE, properties = "shop=locked")
	@Execution(ExecutionMode.CONCURRENT)
	@ResourceLock("telemetry")
	static class Locked {

		@RepeatedTest(8)
		void callIsRecordedOnce(@Autowired Shop.Orders orders, @Autowired RecordedTelemetry recorded) {
			orders.place("alice", 1);
			assertThat(recorded).recorded("order.placed").once();
		}

	}

}
