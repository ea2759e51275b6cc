package dev.telemetry.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TelemetryCommand}. */
class TelemetryCommandTests {

	@TempDir
	private Path directory;

	@Test
	void commandsAreThoseOfTheCommandLine() {
		run((application) -> {
			assertThat(execute(application, "status")).isZero();
			assertThat(application.printed()).contains("UNDECIDED");
			assertThat(execute(application, "enable", "--scope", "local", "--output", "json")).isZero();
			assertThat(application.printed()).startsWith("{\"tool\":\"demo-app\"").contains("\"scope\":\"LOCAL\"");
			assertThat(execute(application, "--output=json", "disable")).isZero();
			assertThat(application.printed()).startsWith("{").contains("WITHDRAWN");
			assertThat(execute(application, "reset")).isZero();
			assertThat(application.printed()).contains("NOT_NEEDED");
			assertThat(execute(application, "export")).isZero();
			assertThat(application.printed()).contains("consent.granted");
			assertThat(execute(application, "notice")).isZero();
			assertThat(application.printed()).startsWith("Who asks, and why").contains("notice:");
		});
	}

	@Test
	void wrongUsageIs2() {
		run((application) -> {
			assertThat(execute(application)).isEqualTo(2);
			assertThat(execute(application, "bogus")).isEqualTo(2);
			assertThat(execute(application, "status", "--output=xml")).isEqualTo(2);
			assertThat(execute(application, "enable", "--scope=all")).isEqualTo(2);
			assertThat(execute(application, "disable", "--scope=local")).isEqualTo(2);
			assertThat(application.state()).isEqualTo("UNDECIDED");
		});
	}

	private void run(Consumer<CommandFixture> test) {
		CommandFixture.run(this.directory.resolve("home"), test);
	}

	private static int execute(CommandFixture application, String... arguments) {
		String[] all = new String[arguments.length + 1];
		all[0] = "telemetry";
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		return new CommandLine(new Application(), factory(application)).setErr(new PrintWriter(new StringWriter()))
			.execute(all);
	}

	/** As picocli's own factory for Spring does it. */
	private static IFactory factory(CommandFixture application) {
		return new IFactory() {

			@Override
			public <K> K create(Class<K> type) throws Exception {
				if (type != TelemetryCommand.class) {
					return CommandLine.defaultFactory().create(type);
				}
				assertThat(application.context.getBean(type)).isNotNull();
				return type.cast(new TelemetryCommand(application.commands(), application.out));
			}

		};
	}

	@Command(name = "acme", subcommands = TelemetryCommand.class)
	static final class Application {

	}

}
