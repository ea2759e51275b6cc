package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import dev.telemetry.TelemetryContext;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;

import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.Step;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the application's own beans for telemetry do, and whatever is wrong with what
 * is recorded, the application starts.
 */
class HostStartTests {

	@TempDir
	Path home;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = TestApplication.runner(this.home)
			.withPropertyValues(TestApplication.YES)
			.withBean(MemorySink.class)
			.withBean(Orders.class);
	}

	static Stream<Named<TelemetrySinkFactory>> unusableFactories() {
		return Stream.of(Named.of("a name that is taken", new OwnFactory("file")),
				Named.of("a name that another bean has", new OwnFactory("memorySink")),
				Named.of("no name", new OwnFactory(null)), Named.of("a name that throws", new OwnFactory("") {

					@Override
					public String name() {
						throw new IllegalStateException();
					}

				}), Named.of("a target that throws", new OwnFactory("own") {

					@Override
					public String target() {
						throw new IllegalStateException();
					}

				}));
	}

	@ParameterizedTest
	@MethodSource("unusableFactories")
	void applicationWhenASinkFactoryCannotBeUsedStartsAndUsesTheOthers(TelemetrySinkFactory factory) {
		this.runner.withBean(TelemetrySinkFactory.class, () -> factory).run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(Orders.class).place();
			assertThat(TestApplication.problems(context)).singleElement()
				.satisfies((problem) -> assertThat(problem.toString()).contains("left out"));
			assertThat(TestApplication.sinkNames(context)).contains("file").doesNotHaveDuplicates();
		});
	}

	@Test
	void applicationWhenASinkHasANameThatIsTakenStarts() {
		this.runner.withBean("file", TelemetrySink.class, MemorySink::new).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(TestApplication.problems(context)).hasSize(1);
		});
	}

	@Test
	void applicationWhenAConsentSourceFailsStartsAndCollectsNothing() {
		ConsentSource failing = () -> {
			throw new IllegalStateException();
		};
		this.runner.withBean(ConsentSource.class, () -> failing).run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(Orders.class).place();
			assertThat(TestApplication.telemetry(context).context().isCollecting()).isFalse();
		});
	}

	@Test
	void applicationWhenTheConsentStoreFailsStartsAndCollectsNothing() {
		ConsentStore failing = Mockito.mock(ConsentStore.class, (call) -> {
			if (call.getMethod().getReturnType() == String.class) {
				return "nowhere";
			}
			throw new IllegalStateException();
		});
		this.runner.withBean(ConsentStore.class, () -> failing).run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(Orders.class).place();
			assertThat(TestApplication.telemetry(context).context().isCollecting()).isFalse();
		});
	}

	@Test
	void applicationWhenTheContextIsAMockStarts() {
		this.runner.withBean(TelemetryContext.class, () -> Mockito.mock(TelemetryContext.class)).run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(Orders.class).place();
		});
	}

	@Test
	void applicationWhenAJobCannotNameItsStepsStarts() {
		this.runner.withConfiguration(AutoConfigurations.of(TelemetryBatchAutoConfiguration.class))
			.withBean(Job.class, FailingJob::new)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	static class Orders {

		@TelemetryEvent("order.placed")
		public void place() {
		}

	}

	static class OwnFactory implements TelemetrySinkFactory {

		private final String name;

		OwnFactory(String name) {
			this.name = name;
		}

		@Override
		public String name() {
			return this.name;
		}

		@Override
		public String target() {
			return "here";
		}

		@Override
		public boolean remote() {
			return false;
		}

		@Override
		public TelemetrySink create(SinkSession session) {
			return new MemorySink();
		}

	}

	static class FailingJob extends AbstractJob {

		FailingJob() {
			super("failing");
		}

		@Override
		public void afterPropertiesSet() {
			// Needs no repository: it never runs
		}

		@Override
		public Step getStep(String stepName) {
			throw new IllegalStateException();
		}

		@Override
		public Collection<String> getStepNames() {
			return List.of("first");
		}

		@Override
		protected void doExecute(JobExecution execution) {
		}

	}

}
