package dev.telemetry.autoconfigure;

import java.nio.file.Path;

import dev.telemetry.TelemetryContext;
import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.aspect.TelemetryEventAdvisor;
import dev.telemetry.aspect.TelemetryEventScanner;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.autoproxy.AbstractAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class TelemetryAspectAutoConfigurationTests {

	@TempDir
	Path home;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = TestApplication.runner(this.home).withBean(MemorySink.class).withBean(Orders.class);
	}

	@Test
	void importsNameIt() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(TelemetryAspectAutoConfiguration.class.getName());
	}

	@Test
	void annotatedMethodByDefaultIsAdvisedAndRecordsNothing() {
		this.runner.run((context) -> {
			assertThat(context.getBean(Orders.class).place(3)).isEqualTo(3);
			assertThat(AopUtils.isAopProxy(context.getBean(Orders.class))).isTrue();
			assertThat(TestApplication.delivered(context)).isEmpty();
		});
	}

	@Test
	void annotatedMethodWhenGrantedIsRecorded() {
		this.runner.withPropertyValues(TestApplication.YES).run((context) -> {
			context.getBean(Orders.class).place(3);
			assertThat(TestApplication.delivered(context)).singleElement().satisfies((event) -> {
				assertThat(event.name()).isEqualTo("order.placed");
				assertThat(event.type()).isEqualTo("feature.used");
				assertThat(event.attributes()).containsEntry("items", 3L)
					.containsEntry("success", true)
					.containsKey("duration_ms");
			});
		});
	}

	@Test
	void annotatedMethodWhenUndeclaredEventsAreDroppedIsDeclared() {
		this.runner.withPropertyValues(TestApplication.YES, "telemetry.undeclared=drop").run((context) -> {
			context.getBean(Orders.class).place(3);
			assertThat(TestApplication.delivered(context)).singleElement()
				.satisfies((event) -> assertThat(event.attribute("items")).isEqualTo(3L));
			assertThat(context.getBean(TelemetrySpecRegistry.class).findEvent("order.placed").properties())
				.as("what is measured is in the notice, too")
				.containsKeys("duration_ms", "success", "outcome", "error");
		});
	}

	@Test
	void annotatedMethodWhenBootsAopIsOffIsRecordedAllTheSame() {
		this.runner.withPropertyValues(TestApplication.YES, "spring.aop.auto=false").run((context) -> {
			context.getBean(Orders.class).place(3);
			assertThat(TestApplication.deliveredNames(context)).containsExactly("order.placed");
		});
	}

	@Test
	void aspectWhenSpringAopIsMissingIsNotThere() {
		this.runner.withClassLoader(new FilteredClassLoader(AopConfigUtils.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(TelemetryContext.class)
				.doesNotHaveBean(TelemetryEventAdvisor.class));
	}

	@Test
	void aspectWhenNoContextIsNotThere() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TelemetryAspectAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TelemetryEventAdvisor.class));
	}

	@Test
	void aspectWhenOnlyTheUsersContextIsThereWorks() {
		MemorySink sink = new MemorySink();
		ConsentGate gate = ConsentGate.builder(ConsentStore.memory()).build();
		gate.enable(ConsentScope.LOCAL, null, "command");
		try (TelemetrySdk sdk = TelemetrySdk.builder().tool("demo-app").gate(gate).sink("memory", sink).build()) {
			new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(TelemetryAspectAutoConfiguration.class))
				.withBean(TelemetryContext.class, sdk::context)
				.withBean(Orders.class)
				.run((context) -> {
					context.getBean(Orders.class).place(3);
					assertThat(sdk.flush(TestApplication.LONG)).isTrue();
					assertThat(sink.events()).hasSize(1);
				});
		}
	}

	@Test
	void beansWhenUserHasOwnBackOff() {
		this.runner.withUserConfiguration(OwnBeans.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(TelemetryEventScanner.class)
				.hasSingleBean(TelemetryEventAdvisor.class)
				.hasBean("ownScanner")
				.hasBean("ownAdvisor"));
	}

	@Test
	void autoProxyCreatorWhenThereIsOneAlreadyIsNotDoubled() {
		this.runner.run((context) -> {
			assertThat(context).getBeans(AbstractAutoProxyCreator.class).hasSize(1);
			assertThat(((Advised) context.getBean(Orders.class)).getAdvisors())
				.filteredOn(TelemetryEventAdvisor.class::isInstance)
				.hasSize(1);
		});
	}

	@Test
	void annotationWhenWrongIsAProblemThatSaysWhatToDo() {
		this.runner.withPropertyValues(TestApplication.YES).withBean(WrongName.class).run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(WrongName.class).place();
			assertThat(TestApplication.problems(context)).singleElement()
				.satisfies((problem) -> assertThat(problem.toString()).contains("WrongName").contains("place"));
			assertThat(TestApplication.problems(context)).extracting(Problem::action).doesNotContain("");
		});
	}

	@Test
	void finalClassWhenAnnotatedIsAProblemAndTheApplicationStarts() {
		this.runner.withBean(FinalOrders.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(TestApplication.problems(context)).singleElement()
				.satisfies((problem) -> assertThat(problem.toString()).contains("FinalOrders").contains("final"));
		});
	}

	static class Orders {

		@TelemetryEvent("order.placed")
		@TelemetryAttribute("items")
		public int place(int items) {
			return items;
		}

	}

	static class WrongName {

		@TelemetryEvent("")
		public void place() {
		}

	}

	static final class FinalOrders {

		@TelemetryEvent("order.placed")
		public void place() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		static TelemetryEventScanner ownScanner() {
			return new TelemetryEventScanner(true, (problem) -> {
			});
		}

		@Bean
		static TelemetryEventAdvisor ownAdvisor(TelemetryEventScanner scanner) {
			return new TelemetryEventAdvisor(scanner, () -> null, () -> 0, 0);
		}

	}

}
