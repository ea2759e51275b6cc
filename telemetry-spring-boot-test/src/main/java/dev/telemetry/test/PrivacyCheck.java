package dev.telemetry.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.LineBuffer;
import dev.telemetry.manifest.TelemetryManifestBuild;
import org.opentest4j.TestAbortedException;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;
import org.springframework.util.FileSystemUtils;

/**
 * Carries out the tests of {@link PrivacyContract}.
 */
final class PrivacyCheck {

	private static final String BUILD = "dev.telemetry.manifest.TelemetryManifestBuild";

	private final PrivacyContract contract;

	private final String secret = word();

	PrivacyCheck(PrivacyContract contract) {
		this.contract = contract;
	}

	/** A word like a name: no rule of redaction takes it out. */
	private static String word() {
		StringBuilder word = new StringBuilder();
		for (int i = 0; i < 5; i++) {
			word.append("bdfgklmnprstvz".charAt(ThreadLocalRandom.current().nextInt(14)))
				.append("aeiou".charAt(ThreadLocalRandom.current().nextInt(5)));
		}
		return word.toString();
	}

	void beforeConsent() throws Exception {
		ProcessTraces expected = observeStart(PrivacyApplication.control(this.contract));
		PrivacyApplication undecided = PrivacyApplication.undecided(this.contract);
		ProcessTraces seen = observeStart(undecided);
		List<String> more = seen.without(expected);
		if (!more.isEmpty()) {
			throw new AssertionError("Before consent telemetry must start no thread, write no file and open no socket."
					+ " Without telemetry the application does none of this:\n" + String.join("\n", more));
		}
	}

	private ProcessTraces observeStart(PrivacyApplication application) throws Exception {
		Path home = Files.createTempDirectory("telemetry-privacy");
		try (ProcessObservation observation = ProcessObservation.start()) {
			try (ConfigurableApplicationContext context = application.start(home.resolve("home"))) {
				requireClosed(context);
				this.contract.exercise(context, this.secret);
				return observation.stop(filesIn(home));
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(home);
		}
	}

	private static void requireClosed(ConfigurableApplicationContext context) {
		ConsentGate gate = context.getBean(ConsentGate.class);
		if (gate.session() != null) {
			throw new AssertionError("Consent is granted before the user decides: " + gate.decision().reason()
					+ "; take that out of the configuration of the tests");
		}
	}

	private static List<String> filesIn(Path home) throws IOException {
		try (Stream<Path> files = Files.walk(home)) {
			return files.skip(1).map((file) -> "file <telemetry." + home.relativize(file) + ">").toList();
		}
	}

	void afterWithdrawal() throws Exception {
		ProcessTraces expected = observeExercise(PrivacyApplication.control(this.contract), false);
		List<String> more = observeExercise(PrivacyApplication.granted(this.contract), true).without(expected);
		if (!more.isEmpty()) {
			throw new AssertionError(
					"After a withdrawal telemetry must start no thread, write no file and open no socket."
							+ " Without telemetry the application does none of this:\n" + String.join("\n", more));
		}
	}

	private ProcessTraces observeExercise(PrivacyApplication application, boolean withdraw) throws Exception {
		Path home = Files.createTempDirectory("telemetry-privacy");
		try (ConfigurableApplicationContext context = application.start(home.resolve("home"))) {
			this.contract.exercise(context, this.secret);
			if (withdraw) {
				withdraw(context);
			}
			List<String> before = filesIn(home);
			try (ProcessObservation observation = ProcessObservation.start()) {
				this.contract.exercise(context, this.secret);
				if (withdraw) {
					TelemetryAssertions.assertThat(context.getBean(RecordedTelemetry.class))
						.as("After a withdrawal")
						.recordedNothing();
				}
				return observation.stop(filesIn(home).stream().filter((file) -> !before.contains(file)).toList());
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(home);
		}
	}

	private static void withdraw(ConfigurableApplicationContext context) {
		RecordedTelemetry recorded = context.getBean(RecordedTelemetry.class);
		requireEvents(recorded);
		context.getBean(ConsentGate.class).disable("test");
		recorded.clear();
	}

	/** Who records nothing at all would pass every test. */
	private static void requireEvents(RecordedTelemetry recorded) {
		if (recorded.events().isEmpty()) {
			throw new AssertionError(
					"exercise() has recorded nothing, so there is nothing to see: let it call what records"
							+ FailureReport.of(recorded, null));
		}
	}

	void secrets() throws Exception {
		record((recorded) -> {
			List<String> lines = recorded.events()
				.stream()
				.map(PrivacyCheck::line)
				.filter((line) -> line.toLowerCase(Locale.ROOT).contains(this.secret))
				.toList();
			if (!lines.isEmpty()) {
				throw new AssertionError("The secret '" + this.secret
						+ "' that was given to the application is recorded:\n" + String.join("", lines));
			}
		});
	}

	private static String line(Event event) {
		LineBuffer line = new LineBuffer(1024);
		EventCodec.json().encode(event, line);
		return new String(line.toByteArray(), StandardCharsets.UTF_8);
	}

	void declared() throws Exception {
		record((recorded) -> TelemetryAssertions.assertThat(recorded).recordedOnlyDeclared());
	}

	private void record(Look look) throws Exception {
		Path home = Files.createTempDirectory("telemetry-privacy");
		try (ConfigurableApplicationContext context = PrivacyApplication.granted(this.contract).start(home)) {
			this.contract.exercise(context, this.secret);
			RecordedTelemetry recorded = context.getBean(RecordedTelemetry.class);
			look.at(recorded);
			requireEvents(recorded);
		}
		finally {
			FileSystemUtils.deleteRecursively(home);
		}
	}

	void manifest() throws Exception {
		Path baseline = this.contract.baseline();
		if (!Files.exists(baseline)) {
			throw new TestAbortedException("There is no " + baseline + " to compare with");
		}
		if (!ClassUtils.isPresent(BUILD, getClass().getClassLoader())) {
			throw new AssertionError(
					"There is a " + baseline + ", but the manifest cannot be written: add the dependency"
							+ " dev.telemetry:telemetry-spring-boot-build with the scope test");
		}
		compare(baseline);
	}

	private void compare(Path baseline) throws IOException, URISyntaxException {
		Class<?> application = this.contract.application();
		Path classes = Path.of(application.getProtectionDomain().getCodeSource().getLocation().toURI());
		Path manifest = Files.createTempFile("telemetry-manifest", ".json");
		try {
			ByteArrayOutputStream said = new ByteArrayOutputStream();
			int code = TelemetryManifestBuild.run(new PrintStream(said, true, StandardCharsets.UTF_8),
					application.getClassLoader(), LocalDate.now(ZoneOffset.UTC), "--classes", classes.toString(),
					"--to", manifest.toString(), "--baseline", baseline.toString(), "--require-baseline");
			if (code != 0 || !Arrays.equals(Files.readAllBytes(manifest), Files.readAllBytes(baseline))) {
				throw new AssertionError("What the application declares is not what " + baseline + " says:\n"
						+ said.toString(StandardCharsets.UTF_8));
			}
		}
		finally {
			Files.delete(manifest);
		}
	}

	/** Looks at what was recorded. */
	private interface Look {

		void at(RecordedTelemetry recorded);

	}

}
