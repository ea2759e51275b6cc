package dev.telemetry.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

import dev.telemetry.actuate.NoticeView;
import dev.telemetry.actuate.TelemetryEndpoint;
import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.autoconfigure.TelemetryCommandAutoConfiguration;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.sdk.TelemetrySdk;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** An application with a home of the test's own, and what it printed. */
final class CommandFixture {

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

	final PrintStream out = new PrintStream(this.printed, true, StandardCharsets.UTF_8);

	final ApplicationContext context;

	private CommandFixture(ApplicationContext context) {
		this.context = context;
	}

	static CommandFixture of(ApplicationContext context) {
		return new CommandFixture(context);
	}

	static ApplicationContextRunner runner(Path home) {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(TelemetryAutoConfiguration.class, TelemetryCommandAutoConfiguration.class))
			.withPropertyValues("spring.application.name=demo-app", "telemetry.home=" + home,
					"telemetry.consent.detect-test-environment=false", "telemetry.consent.detect-ci=false");
	}

	static void run(Path home, Consumer<CommandFixture> test) {
		runner(home).run((context) -> test.accept(new CommandFixture(context)));
	}

	TelemetryCommandRunner commands() {
		return this.context.getBean(TelemetryCommandRunner.class);
	}

	TelemetryEndpoint endpoint() {
		return new TelemetryEndpoint(this.context.getBean(TelemetrySdk.class),
				this.context.getBean(TelemetryReset.class), TelemetryCommandRunner.CHANNEL);
	}

	NoticeView notice() {
		return this.context.getBean(NoticeView.class);
	}

	String state() {
		return endpoint().status().consent().state().name();
	}

	/** What was printed since it was asked last. */
	String printed() {
		String text = this.printed.toString(StandardCharsets.UTF_8);
		this.printed.reset();
		return text;
	}

}
