package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import javax.sql.DataSource;

import dev.telemetry.consent.gate.ConsentAnswer;
import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sdk.TelemetryStatus;
import org.h2.jdbcx.JdbcDataSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * An application as it runs in a container. The first argument is what it does, one word
 * after another; the others are properties.
 */
final class ContainerChild {

	static final String TELLS = "child: ";

	private final TelemetrySdk sdk;

	private ContainerChild(TelemetrySdk sdk) {
		this.sdk = sdk;
	}

	public static void main(String[] arguments) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run(Arrays.copyOfRange(arguments, 1, arguments.length))) {
			ContainerChild child = new ContainerChild(context.getBean(TelemetrySdk.class));
			for (String word : arguments[0].split(",")) {
				child.run(word);
			}
			child.tell();
		}
	}

	private void run(String word) {
		switch (word) {
			case "grant" -> answer(this.sdk.gate().enable(ConsentScope.EXPORT, null, "command"));
			case "withdraw" -> answer(this.sdk.gate().disable("command"));
			case "record" -> this.sdk.context().record("order.placed");
			case "flush" -> System.out.println(TELLS + "flushed " + this.sdk.flush(Duration.ofSeconds(20)));
			case "spill" -> Patience.until("the event to be on disk",
					() -> this.sdk.status().sinks().stream().allMatch((sink) -> !sink.remote() || sink.spilled() > 0));
			case "granted" -> Patience.until("a grant to arrive", () -> this.sdk.status().collecting());
			case "closed" -> Patience.until("the end of the grant", () -> !this.sdk.status().collecting());
			case "status" -> this.sdk.gate().refresh();
			default -> throw new IllegalArgumentException(word);
		}
	}

	private static void answer(ConsentAnswer answer) {
		System.out.println(TELLS + "answer " + answer);
	}

	private void tell() {
		TelemetryStatus status = this.sdk.status();
		ConsentDecision consent = status.consent();
		System.out.println(TELLS + "state " + consent.state() + " " + consent.scope() + " cap=" + consent.cap());
		System.out.println(TELLS + "machine " + status.machineId());
		status.sinks()
			.forEach((sink) -> System.out.println(
					TELLS + "sink " + sink.name() + " delivered=" + sink.delivered() + " spilled=" + sink.spilled()));
		status.problems()
			.forEach((problem) -> System.out
				.println(TELLS + "problem " + problem.property() + ": " + problem.problem() + ": " + problem.action()));
	}

	/**
	 * Whether a file can be made where the application runs, as a control of the test.
	 */
	static boolean canWrite(Path directory) {
		try {
			Files.delete(Files.createFile(directory.resolve("control")));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@SpringBootConfiguration
	@ImportAutoConfiguration({ TelemetryAutoConfiguration.class, TelemetryJdbcConsentAutoConfiguration.class })
	static class Application {

		@Bean
		@ConditionalOnProperty("test.database")
		DataSource dataSource(Environment environment) {
			JdbcDataSource source = new JdbcDataSource();
			source.setURL(Objects.requireNonNull(environment.getProperty("test.database")));
			source.setUser("sa");
			return source;
		}

		@Bean
		List<Boolean> rootIsWritable() {
			boolean writable = canWrite(Path.of("/"));
			System.out.println(TELLS + "root " + (writable ? "writable" : "read-only"));
			return List.of(writable);
		}

	}

}
