package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.telemetry.actuate.TelemetryHealthIndicator;
import dev.telemetry.actuate.TelemetryInfoContributor;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sdk.TelemetrySdk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

/** Tests for the auto-configurations of the health contributor and of the info. */
class OperationsAutoConfigurationTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner;

	@BeforeEach
	void setUp() {
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TelemetryAutoConfiguration.class,
					TelemetryHealthAutoConfiguration.class, TelemetryInfoAutoConfiguration.class))
			.withPropertyValues("telemetry.home=" + this.directory.resolve("home"),
					"telemetry.consent.detect-test-environment=false", "telemetry.consent.detect-ci=false",
					"telemetry.shutdown-timeout=0s");
	}

	@Test
	void healthBeforeADecisionIsUpAndTouchesNothing() {
		this.runner.run((context) -> {
			Health health = context.getBean(TelemetryHealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("state", "UNDECIDED")
				.containsEntry("scope", "NONE")
				.containsEntry("pending", 0L)
				.containsEntry("spilledBytes", 0L);
			assertThat(this.directory.resolve("home")).doesNotExist();
		});
	}

	@Test
	void healthWhenASinkFailsIsUpAndNamesIt() throws Exception {
		try (Receiver receiver = new Receiver()) {
			receiver.status = 503;
			this.runner.withPropertyValues("telemetry.http.endpoint=" + receiver.address() + "/events")
				.run((context) -> {
					TelemetrySdk sdk = context.getBean(TelemetrySdk.class);
					sdk.gate().enable(ConsentScope.EXPORT, null, "command");
					HealthIndicator indicator = context.getBean(TelemetryHealthIndicator.class);
					assertThat(indicator.health().getDetails().get("failing")).asInstanceOf(LIST).isEmpty();
					sdk.context().record("order.placed");
					assertThat(sdk.flush(Duration.ofSeconds(1))).isFalse();
					Patience.until("the sink to have failed",
							() -> indicator.health().getDetails().containsKey("lastErrors"));
					Health health = indicator.health();
					assertThat(health.getStatus()).isEqualTo(Status.UP);
					assertThat(health.getDetails()).containsEntry("state", "GRANTED").containsEntry("scope", "EXPORT");
					assertThat(health.getDetails().get("failing")).asInstanceOf(LIST).containsExactly("http");
					assertThat(health.getDetails()).containsEntry("lastErrors", Map.of("http", "HTTP"));
					assertThat(
							(long) health.getDetails().get("spilledBytes") + (long) health.getDetails().get("pending"))
						.isPositive();
				});
		}
	}

	@Test
	void healthAfterAWithdrawalIsUp() {
		this.runner.run((context) -> {
			ConsentGate gate = context.getBean(ConsentGate.class);
			gate.enable(ConsentScope.LOCAL, null, "command");
			gate.disable("command");
			Health health = context.getBean(TelemetryHealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("state", "WITHDRAWN").containsEntry("pending", 0L);
		});
	}

	@Test
	void healthWhenTurnedOffIsNotThere() {
		this.runner.withPropertyValues("management.health.telemetry.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(TelemetryHealthIndicator.class));
	}

	@Test
	void infoIsThereWhenItIsAskedFor() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(TelemetryInfoContributor.class));
		this.runner.withPropertyValues("management.info.telemetry.enabled=true").run((context) -> {
			Info.Builder builder = new Info.Builder();
			context.getBean(TelemetryInfoContributor.class).contribute(builder);
			assertThat(builder.build().getDetails()).containsOnlyKeys("telemetry");
			assertThat((Map<?, ?>) builder.build().get("telemetry"))
				.hasToString("{collecting=false, state=UNDECIDED, notice="
						+ context.getBean(StoredNotices.class).current() + "}");
		});
	}

	/** Over HTTP, in a real application: in health, in no readiness. */
	@Test
	void endpointsShowIt() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Shop.class)
			.web(WebApplicationType.SERVLET)
			.run("--server.port=0", "--spring.main.banner-mode=off", "--management.endpoints.web.exposure.include=*",
					"--management.endpoint.health.show-details=always",
					"--management.endpoint.health.probes.enabled=true", "--management.info.telemetry.enabled=true",
					"--spring.liquibase.enabled=false", "--spring.flyway.enabled=false",
					"--telemetry.home=" + this.directory.resolve("home"))) {
			assertThat(get(context, "health")).contains("\"telemetry\":{\"details\":{\"state\":").contains("\"UP\"");
			HealthEndpointGroup readiness = context.getBean(HealthEndpointGroups.class).get("readiness");
			assertThat(readiness).isNotNull();
			assertThat(readiness.isMember("readinessState")).as("the positive control").isTrue();
			assertThat(readiness.isMember("telemetry")).isFalse();
			assertThat(get(context, "info")).contains("\"telemetry\":{\"collecting\":false,");
		}
	}

	private static String get(ConfigurableApplicationContext context, String path) {
		int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		return String.valueOf(RestClient.create("http://localhost:" + port)
			.get()
			.uri("/actuator/" + path)
			.retrieve()
			.body(String.class));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Shop {

	}

}
