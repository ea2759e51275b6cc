package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.telemetry.event.Event;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** Tests for {@link TelemetryBatchAutoConfiguration}. */
class TelemetryBatchAutoConfigurationTests {

	/** In parameters, contexts, items, partitions, exit descriptions and messages. */
	private static final String DATA = "canary-4711";

	@TempDir
	private Path home;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = TestApplication.runner(this.home)
			.withConfiguration(AutoConfigurations.of(TelemetryBatchAutoConfiguration.class))
			.withBean(MemorySink.class);
	}

	@Test
	void aJobAndItsStepsAreEventsWithCountsAndWithoutTheirData() {
		consenting(Jobs.class).run((context) -> {
			assertThat(run(context, "nightly")).isEqualTo(BatchStatus.COMPLETED);
			List<Event> events = TestApplication.delivered(context);
			assertThat(events).extracting(Event::name)
				.containsExactly("batch.step.ended", "batch.step.ended", "batch.job.ended");
			assertThat(events.get(0).attributes())
				.contains(entry("job", "nightly"), entry("step", "load"), entry("read", 5L), entry("written", 3L),
						entry("filtered", 1L), entry("skipped", 1L), entry("success", true), entry("outcome", "ok"))
				.containsOnlyKeys("job", "step", "read", "written", "filtered", "skipped", "commits", "rollbacks",
						"duration_ms", "success", "outcome");
			assertThat(events.get(1).attributes()).contains(entry("step", "clean"), entry("read", 0L));
			assertThat(events.get(2).attributes())
				.contains(entry("job", "nightly"), entry("steps", 2L), entry("outcome", "ok"))
				.containsOnlyKeys("job", "steps", "duration_ms", "success", "outcome");
			assertNoData(events);
		});
	}

	@Test
	void aFailureIsTheClassOfWhatWasThrownFirst() {
		consenting(Jobs.class).run((context) -> {
			assertThat(run(context, "broken")).isEqualTo(BatchStatus.FAILED);
			List<Event> events = TestApplication.delivered(context);
			assertThat(events).extracting(Event::name).containsExactly("batch.step.ended", "batch.job.ended");
			assertThat(events).allSatisfy((event) -> assertThat(event.attributes()).contains(entry("success", false),
					entry("outcome", "error"), entry("error", "UncheckedIOException")));
			assertNoData(events);
		});
	}

	@Test
	void aFailureWithoutAnExceptionHasNoError() {
		consenting(Jobs.class).run((context) -> {
			run(context, "failing");
			assertThat(TestApplication.delivered(context).get(1).attributes())
				.contains(entry("job", "failing"), entry("outcome", "error"))
				.doesNotContainKey("error");
		});
	}

	@Test
	void whatIsStoppedIsCancelled() {
		consenting(Jobs.class).run((context) -> {
			assertThat(run(context, "stopping")).isEqualTo(BatchStatus.STOPPED);
			assertThat(TestApplication.delivered(context)).extracting((event) -> event.attributes().get("outcome"))
				.containsExactly("cancelled", "cancelled");
		});
	}

	@Test
	void partitionsAreRecordedUnderTheNameOfTheirStep() {
		consenting(Jobs.class).run((context) -> {
			assertThat(run(context, "divided")).isEqualTo(BatchStatus.COMPLETED);
			List<Event> events = TestApplication.delivered(context);
			assertThat(events).extracting((event) -> event.attributes().get("step"))
				.containsExactly("worker", "worker", "divide", null);
			assertNoData(events);
		});
	}

	@Test
	void beforeAYesJobsRunUnrecorded() {
		this.runner.withUserConfiguration(Jobs.class).run((context) -> {
			assertThat(run(context, "nightly")).isEqualTo(BatchStatus.COMPLETED);
			assertThat(context.getBean(MemorySink.class).events()).isEmpty();
		});
	}

	@Test
	void theOperatorMayTurnThemOff() {
		consenting(Jobs.class).withPropertyValues("telemetry.events.batch.*.enabled=false").run((context) -> {
			run(context, "nightly");
			assertThat(TestApplication.delivered(context)).isEmpty();
		});
	}

	@Test
	void theNoticeNamesThemWhereThereAreJobsOnly() {
		consenting(Jobs.class)
			.run((context) -> assertThat(declared(context)).contains("batch.job.ended", "batch.step.ended"));
		consenting(NoJobs.class).run((context) -> assertThat(declared(context)).isEmpty());
	}

	@Test
	void withoutSpringBatchThereIsNothing() {
		this.runner.withPropertyValues(TestApplication.YES)
			.withClassLoader(new FilteredClassLoader("org.springframework.batch"))
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(TelemetryBatchAutoConfiguration.class);
				assertThat(declared(context)).isEmpty();
			});
	}

	private ApplicationContextRunner consenting(Class<?> configuration) {
		return this.runner.withPropertyValues(TestApplication.YES).withUserConfiguration(configuration);
	}

	private static List<String> declared(ApplicationContext context) {
		return context.getBean(TelemetrySpecRegistry.class).events().stream().map(EventDefinition::name).toList();
	}

	private static BatchStatus run(ApplicationContext context, String job) throws Exception {
		return context.getBean(JobOperator.class)
			.start(context.getBean(job, Job.class),
					new JobParametersBuilder().addString("customer", DATA).toJobParameters())
			.getStatus();
	}

	private static void assertNoData(List<Event> events) {
		assertThat(events).isNotEmpty()
			.allSatisfy((event) -> assertThat(event.attributes().toString()).doesNotContain("4711"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableBatchProcessing
	static class NoJobs {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableBatchProcessing
	static class Jobs {

		@Bean
		Job nightly(JobRepository repository) {
			return new JobBuilder("nightly", repository).start(load(repository)).next(clean(repository)).build();
		}

		private static Step load(JobRepository repository) {
			return new StepBuilder("load", repository).<String, String>chunk(2)
				.reader(new ListItemReader<>(List.of("a", "filter", "skip", "b", DATA)))
				.processor((item) -> {
					if (item.equals("skip")) {
						throw new IllegalArgumentException(DATA);
					}
					return item.equals("filter") ? null : item;
				})
				.writer((items) -> {
				})
				.faultTolerant()
				.skip(IllegalArgumentException.class)
				.skipLimit(9)
				.build();
		}

		private static Step clean(JobRepository repository) {
			return new StepBuilder("clean", repository).tasklet((contribution, chunk) -> {
				chunk.getStepContext().getStepExecution().getExecutionContext().put("customer", DATA);
				contribution.setExitStatus(ExitStatus.COMPLETED.addExitDescription(DATA));
				return RepeatStatus.FINISHED;
			}).build();
		}

		@Bean
		Job broken(JobRepository repository) {
			Step step = new StepBuilder("fail", repository).tasklet((contribution, chunk) -> {
				throw new UncheckedIOException(new IOException(DATA));
			}).build();
			return new JobBuilder("broken", repository).start(step).build();
		}

		@Bean
		Job failing(JobRepository repository) {
			Step step = new StepBuilder("refuse", repository).tasklet((contribution, chunk) -> {
				chunk.getStepContext().getStepExecution().setStatus(BatchStatus.FAILED);
				contribution.setExitStatus(ExitStatus.FAILED);
				return RepeatStatus.FINISHED;
			}).build();
			return new JobBuilder("failing", repository).start(step).on("*").fail().end().build();
		}

		@Bean
		Job stopping(JobRepository repository) {
			Step step = new StepBuilder("stop", repository).tasklet((contribution, chunk) -> {
				contribution.getStepExecution().setTerminateOnly();
				return RepeatStatus.CONTINUABLE;
			}).build();
			return new JobBuilder("stopping", repository).start(step).build();
		}

		@Bean
		Step worker(JobRepository repository) {
			return new StepBuilder("worker", repository).tasklet((contribution, chunk) -> RepeatStatus.FINISHED)
				.build();
		}

		@Bean
		Job divided(JobRepository repository, Step worker) {
			Step divide = new StepBuilder("divide", repository)
				.partitioner("worker",
						(size) -> Map.of(DATA, new ExecutionContext(), DATA + "-b", new ExecutionContext()))
				.step(worker)
				.build();
			return new JobBuilder("divided", repository).start(divide).build();
		}

	}

}
