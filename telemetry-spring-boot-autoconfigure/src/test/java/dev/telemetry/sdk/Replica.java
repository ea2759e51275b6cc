package dev.telemetry.sdk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.autoconfigure.TelemetryJdbcConsentAutoConfiguration;
import dev.telemetry.consent.store.ConsentScope;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * An application in a process of its own that records without pause. It takes commands
 * from standard input and answers each with one line.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ TelemetryJdbcConsentAutoConfiguration.class, TelemetryAutoConfiguration.class })
class Replica {

	private static final long PAUSE_NANOS = 200_000;

	public static void main(String[] arguments) throws IOException {
		ConfigurableApplicationContext context = SpringApplication.run(Replica.class, arguments);
		TelemetrySdk telemetry = context.getBean(TelemetrySdk.class);
		Thread recorder = new Thread(() -> record(telemetry));
		recorder.setDaemon(true);
		recorder.start();
		answer("started");
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String command = commands.readLine(); command != null; command = commands.readLine()) {
			switch (command) {
				case "enable" -> answer(telemetry.gate().enable(ConsentScope.EXPORT, null, "command").outcome());
				case "refresh" -> answer(telemetry.gate().refresh().state());
				case "disable" -> answer(telemetry.gate().disable("command").outcome());
				case "await" -> answer(awaitSession(telemetry));
				default -> answer(telemetry.status().consent().state());
			}
		}
		context.close();
	}

	/** Wait until a yes of another process has arrived here. */
	private static String awaitSession(TelemetrySdk telemetry) {
		Patience.until("consent granted by another process", () -> telemetry.status().sessionId() != null);
		return String.valueOf(telemetry.status().sessionId());
	}

	private static void record(TelemetrySdk telemetry) {
		while (true) {
			telemetry.context().record("order.placed");
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	private static void answer(Object answer) {
		System.out.println("> " + answer);
	}

	@Bean
	@Conditional(HasDatabase.class)
	DataSource dataSource(Environment environment) {
		return new DriverManagerDataSource(environment.getRequiredProperty("database"));
	}

	/** There is a database to share. */
	static final class HasDatabase implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return context.getEnvironment().containsProperty("database");
		}

	}

}
