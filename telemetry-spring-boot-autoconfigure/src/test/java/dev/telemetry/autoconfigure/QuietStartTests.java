package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Before consent nothing is logged about the home, whatever is wrong with it; status says
 * it, and once something is to be kept there, one warning.
 */
@ExtendWith(OutputCaptureExtension.class)
class QuietStartTests {

	/** Nobody listens there. */
	private static final String REMOTE = "telemetry.endpoint=http://127.0.0.1:9/v1/logs";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void startWhenNothingWasDecidedLogsNothingOfTheHome(Home home, CapturedOutput output) throws IOException {
		home.runner(this.directory).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(TestApplication.telemetry(context).status().consent().state()).isEqualTo(home.state);
			assertThat(TestApplication.problems(context)).extracting(Problem::property)
				.as("status says it")
				.contains(home.property);
		});
		String said = (home.state == ConsentState.UNDECIDED) ? "Telemetry is off: no decision has been made."
				: "Telemetry consent is";
		assertThat(lines(output)).singleElement().matches((line) -> line.contains(" INFO ") && line.contains(said));
	}

	@ParameterizedTest
	@EnumSource
	void startWhenDeniedByConfigurationLogsOneLine(Home home, CapturedOutput output) throws IOException {
		home.runner(this.directory).withPropertyValues("telemetry.enabled=false").run((context) -> {
			assertThat(TestApplication.telemetry(context).status().consent().state()).isEqualTo(ConsentState.VETOED);
			assertThat(TestApplication.problems(context)).extracting(Problem::property).contains(home.property);
		});
		assertThat(lines(output)).singleElement().asString().contains("INFO", "Telemetry consent is VETOED");
	}

	@ParameterizedTest
	@EnumSource
	void startWhenTheGateOfTheAuthorIsShutLogsOneLine(Home home, CapturedOutput output) throws IOException {
		home.runner(this.directory)
			.withPropertyValues("telemetry.feature.enabled=false")
			.run((context) -> assertThat(TestApplication.telemetry(context).status().consent().state())
				.isEqualTo(ConsentState.ABSENT));
		assertThat(lines(output)).singleElement().asString().contains("INFO", "Telemetry consent is ABSENT");
	}

	/** The positive control: what is wrong matters now. */
	@ParameterizedTest
	@EnumSource
	void startWhenGrantedByConfigurationWarnsOnce(Home home, CapturedOutput output) throws IOException {
		home.runner(this.directory).withPropertyValues(TestApplication.YES, REMOTE).run((context) -> {
			assertThat(TestApplication.telemetry(context).context().isCollecting())
				.isEqualTo(home.state != ConsentState.FAULT);
			context.getBean(ConsentGate.class).refresh();
		});
		String logger = (home == Home.UNUSABLE_FILE) ? "CapWarning" : "Problems";
		assertThat(lines(output).stream()
			.filter((line) -> line.contains(" WARN ") && line.contains(logger)
					&& line.contains("Telemetry: " + home.property)))
			.hasSize((home.state == ConsentState.FAULT) ? 0 : 1);
	}

	@Test
	void startWhenTheHomeIsAnothersSaysWhose(CapturedOutput output) {
		TestApplication.runner(this.directory.resolve("home"))
			.run((context) -> context.getBean(ConsentGate.class).enable(ConsentScope.EXPORT, null, "command"));
		int before = lines(output).size();
		TestApplication.runner(this.directory.resolve("home"))
			.withPropertyValues("spring.application.name=shop")
			.run((context) -> {
				assertThat(TestApplication.telemetry(context).status().consent().state()).isEqualTo(ConsentState.FAULT);
				assertThat(TestApplication.telemetry(context).status().consent().reason())
					.contains("this consent was given to 'demo-app', and this application is 'shop'")
					.contains("set telemetry.home to a directory of its own");
				assertThat(context.getBean(ConsentGate.class).enable(ConsentScope.EXPORT, null, "command").reason())
					.contains("given to 'demo-app'")
					.contains("set telemetry.home")
					.doesNotContain("disable moves");
			});
		assertThat(lines(output).subList(before, lines(output).size())).allMatch((line) -> line.contains("INFO"));
		TestApplication.runner(this.directory.resolve("home"))
			.run((context) -> assertThat(TestApplication.telemetry(context).context().isCollecting())
				.as("still granted")
				.isTrue());
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getAll()
			.lines()
			.filter((line) -> line.contains("elemetry")
					&& (line.contains(" WARN ") || line.contains(" INFO ") || line.contains(" ERROR ")))
			.toList();
	}

	/** What may be wrong with a home. */
	private enum Home {

		/** A user without an entry in the list of users. */
		NO_USER_HOME("telemetry.home") {

			@Override
			ApplicationContextRunner runner(Path directory) {
				return application().withSystemProperties("user.home=?");
			}

		},

		EMPTY_USER_HOME("telemetry.home") {

			@Override
			ApplicationContextRunner runner(Path directory) {
				return application().withSystemProperties("user.home=");
			}

		},

		MISSING_USER_HOME("telemetry.home", ConsentState.FAULT) {

			@Override
			ApplicationContextRunner runner(Path directory) throws IOException {
				Path file = Files.writeString(directory.resolve("file"), "");
				return application().withSystemProperties("user.home=" + file.resolve("user"));
			}

		},

		BELOW_A_FILE("telemetry.home", ConsentState.FAULT) {

			@Override
			ApplicationContextRunner runner(Path directory) throws IOException {
				return TestApplication.runner(Files.writeString(directory.resolve("file"), "").resolve("home"));
			}

		},

		LINK("telemetry.home") {

			@Override
			ApplicationContextRunner runner(Path directory) throws IOException {
				return TestApplication.runner(Files.createSymbolicLink(directory.resolve("link"), Path.of("nowhere")));
			}

		},

		WRONG_VALUE("telemetry.home") {

			@Override
			ApplicationContextRunner runner(Path directory) throws IOException {
				return application().withSystemProperties("user.home=" + directory)
					.withPropertyValues("telemetry.home=~nobody/x");
			}

		},

		OPT_IN_OF_OTHERS("telemetry.opt-in") {

			@Override
			ApplicationContextRunner runner(Path directory) throws IOException {
				Path file = Files.writeString(directory.resolve("telemetry.opt-in"), "true");
				Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
				return TestApplication.runner(directory);
			}

		},

		OPT_IN_IN_PROSE("telemetry.opt-in") {

			@Override
			ApplicationContextRunner runner(Path directory) throws IOException {
				Files.writeString(directory.resolve("telemetry.opt-in"), "yes, please");
				return TestApplication.runner(directory);
			}

		},

		UNUSABLE_FILE("telemetry.yaml") {

			@Override
			ApplicationContextRunner runner(Path directory) throws IOException {
				Files.writeString(directory.resolve("telemetry.yaml"), "a: [");
				return TestApplication.runner(directory);
			}

		},

		WRONG_NAME_IN_FILE("telemetry.opt-in") {

			@Override
			ApplicationContextRunner runner(Path directory) throws IOException {
				Files.writeString(directory.resolve("telemetry.yaml"), "opt_in: true");
				return TestApplication.runner(directory);
			}

		},

		WRONG_VALUE_IN_FILE("telemetry.batch-size") {

			@Override
			ApplicationContextRunner runner(Path directory) throws IOException {
				Files.writeString(directory.resolve("telemetry.yaml"), "batch_size: many");
				return TestApplication.runner(directory);
			}

		};

		private final String property;

		private final ConsentState state;

		Home(String property) {
			this(property, ConsentState.UNDECIDED);
		}

		Home(String property, ConsentState state) {
			this.property = property;
			this.state = state;
		}

		abstract ApplicationContextRunner runner(Path directory) throws IOException;

		private static ApplicationContextRunner application() {
			return new ApplicationContextRunner().withConfiguration(TestApplication.OURS)
				.withPropertyValues("spring.application.name=demo-app",
						"telemetry.consent.detect-test-environment=false", "telemetry.consent.detect-ci=false");
		}

	}

}
