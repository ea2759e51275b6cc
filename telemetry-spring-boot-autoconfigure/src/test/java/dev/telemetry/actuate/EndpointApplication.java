package dev.telemetry.actuate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.deletion.DeletionRequests;
import dev.telemetry.deletion.DeletionSettings;
import dev.telemetry.deletion.Erasure;
import dev.telemetry.deletion.SentIds;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.insight.LocalLogReader;
import dev.telemetry.insight.PersonalDataExport;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sent.SentLog;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * A real application with the endpoint, a scripted gate and a local log of the test's
 * own.
 */
final class EndpointApplication implements AutoCloseable {

	/** With Tomcat out of the way WebFlux runs on Reactor Netty. */
	private static final List<String> TOMCAT = List.of(TomcatReactiveWebServerAutoConfiguration.class.getName(),
			"org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration");

	private final ConfigurableApplicationContext context;

	private EndpointApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static EndpointApplication start(WebApplicationType type, Path log, String... properties) {
		List<String> all = new ArrayList<>(
				List.of("server.port=0", "management.endpoints.web.exposure.include=telemetry",
						"spring.main.banner-mode=off", "logging.level.org=warn", "test.log=" + log));
		if (type == WebApplicationType.REACTIVE) {
			all.add("spring.autoconfigure.exclude=" + String.join(",", TOMCAT));
		}
		all.addAll(List.of(properties));
		return new EndpointApplication(
				new SpringApplicationBuilder(Beans.class).web(type).properties(all.toArray(String[]::new)).run());
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	int managementPort() {
		return this.context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
	}

	ScriptedGate gate() {
		return this.context.getBean(ScriptedGate.class);
	}

	List<String> sentIds() {
		return this.context.getBean(FakeSentIds.class).ids;
	}

	List<String> erased() {
		return this.context.getBean(FakeSentIds.class).erased;
	}

	SentLog sent() {
		return this.context.getBean(SentLog.class);
	}

	/** Take away the requests for deletion, and let the application see it. */
	void forgetRequests() {
		try {
			PrivateFile.eraseTree(home(this.context.getEnvironment()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.context.getBean(TelemetryReset.class).reset("command");
		gate().reset();
		erased().clear();
	}

	private static Path home(Environment environment) {
		return Path.of(environment.getRequiredProperty("test.log")).resolveSibling("home");
	}

	@Override
	public void close() {
		this.context.close();
	}

	static final class FakeSentIds implements SentIds {

		private final List<String> ids = new ArrayList<>();

		private final List<String> erased = new ArrayList<>();

		@Override
		public List<String> ids() {
			return List.copyOf(this.ids);
		}

		@Override
		public void erase() {
			this.ids.clear();
			this.erased.add("ids");
		}

	}

	@SpringBootConfiguration
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = { "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
			"org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration" })
	static class Beans {

		@Bean
		ScriptedGate scriptedGate() {
			return new ScriptedGate();
		}

		@Bean
		TelemetrySdk telemetrySdk(ScriptedGate gate) {
			return new FakeTelemetrySdk(gate.gate);
		}

		@Bean
		FakeSentIds sentIds() {
			return new FakeSentIds();
		}

		@Bean
		DeletionRequests deletionRequests(Environment environment) {
			return new DeletionRequests(new DeletionSettings("demo-app", null, null, null),
					Home.chosen(home(environment)), () -> null, new Problems(), DeliveryRuntime.system());
		}

		@Bean
		TelemetryReset telemetryReset(ScriptedGate gate, FakeSentIds ids, DeletionRequests requests) {
			return new TelemetryReset(gate.gate::reset, ids,
					List.of(new Erasure("local log", () -> ids.erased.add("log"))), requests);
		}

		@Bean
		LocalLogReader localLogReader(Environment environment) {
			return new LocalLogReader(Path.of(environment.getRequiredProperty("test.log")));
		}

		@Bean
		PersonalDataExport personalDataExport(Environment environment, SentLog sent) {
			return new PersonalDataExport("demo-app", MachineIdMode.NONE, null, ConsentStore.memory(),
					List.of(Path.of(environment.getRequiredProperty("test.log"))), InstantSource.system(), sent);
		}

	}

}
