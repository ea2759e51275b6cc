package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.event.Event;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sdk.TelemetryStatus;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.spec.EventDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a grant for everywhere while the file that may demand otherwise cannot
 * be used.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnusableInputTests {

	private static final String BROKEN = "runtime_fields: true\nlocal-only: true\nservice_name: 'x\n";

	private static final String CAP = "telemetry.yaml line 3: unclosed quote. Nothing is sent, because the file may"
			+ " hold local-only. Fix or delete the file.";

	private final List<String> sent = new CopyOnWriteArrayList<>();

	@TempDir
	private Path home;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = TestApplication.runner(this.home)
			.withBean("remote", TelemetrySink.class, () -> (event) -> this.sent.add(event.name()))
			.withBean(MemorySink.class)
			.withBean(EventDefinition.class, () -> EventDefinition.builder("order.placed").build());
	}

	@Test
	void grantWhenFileIsIntactReachesEverywhere() throws IOException {
		write("runtime_fields: true\nundeclared: record\n");
		this.runner.withPropertyValues(TestApplication.YES).run((context) -> {
			assertThat(consent(context).scope()).isEqualTo(ConsentScope.EXPORT);
			record(context);
			assertThat(this.sent).containsExactly("order.placed", "order.unheard");
			Event event = TestApplication.delivered(context).get(0);
			assertThat(event.machineId()).isNotNull();
			assertThat(event.origin().os()).isNotNull();
		});
	}

	@Test
	void grantWhenFileIsBrokenStaysHereAndSaysWhy(CapturedOutput output) throws IOException {
		write(BROKEN);
		this.runner.withPropertyValues(TestApplication.YES).run((context) -> {
			ConsentDecision consent = consent(context);
			assertThat(consent.state()).isEqualTo(ConsentState.GRANTED);
			assertThat(consent.rule()).isEqualTo(10);
			assertThat(consent.scope()).isEqualTo(ConsentScope.LOCAL);
			assertThat(consent.recordedScope()).isEqualTo(ConsentScope.EXPORT);
			assertThat(consent.cap()).isEqualTo(CAP);
			record(context);
			assertRestricted(context);
			assertThat(TestApplication.problems(context)).singleElement().satisfies((problem) -> {
				assertThat(problem.property()).isEqualTo("telemetry.yaml");
				assertThat(problem.problem()).startsWith("line 3: unclosed quote");
				assertThat(problem.action()).isEqualTo("fix or delete the file");
			});
			TestApplication.telemetry(context).gate().refresh();
			TestApplication.telemetry(context).gate().refresh();
		});
		assertThat(output.getAll().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains(CAP);
	}

	@Test
	void grantWhenFileBreaksAndIsFixedFollowsIt(CapturedOutput output) throws IOException {
		write("runtime_fields: true\nundeclared: record\n");
		this.runner.withPropertyValues(TestApplication.YES).run((context) -> {
			TelemetrySdk telemetry = TestApplication.telemetry(context);
			String session = telemetry.status().sessionId();
			write(BROKEN);
			assertThat(telemetry.gate().refresh().cap()).isEqualTo(CAP);
			assertThat(telemetry.status().sessionId()).isNotEqualTo(session);
			record(context);
			assertRestricted(context);
			write("local-only: true\n");
			assertThat(telemetry.gate().refresh().cap()).isEqualTo("telemetry.local-only is true");
			assertThat(TestApplication.problems(context)).isEmpty();
			write("local-only: false\n");
			assertThat(telemetry.gate().refresh().scope()).isEqualTo(ConsentScope.EXPORT);
			record(context);
			assertThat(this.sent).containsExactly("order.placed", "order.unheard");
		});
		assertThat(output.getAll().lines().filter((line) -> line.contains("WARN"))).hasSize(1);
	}

	@Test
	void grantForThisMachineWhenFileBreaksIsRestrictedAtOnce() throws IOException {
		Files.writeString(this.home.resolve("telemetry.opt-in"), "true");
		this.runner.run((context) -> {
			TelemetrySdk telemetry = TestApplication.telemetry(context);
			assertThat(telemetry.status().machineId()).isNotNull();
			write(BROKEN);
			assertThat(telemetry.gate().refresh().scope()).isEqualTo(ConsentScope.LOCAL);
			assertThat(telemetry.status().machineId()).isNull();
			record(context);
			assertRestricted(context);
		});
	}

	/**
	 * A broken file must not make a recorded grant stale: less is collected, not more.
	 */
	@Test
	void recordedGrantWhenFileThatNarrowedIsBrokenStillStands() throws IOException {
		write("undeclared: drop\nmachine_id.mode: none\nruntime_fields: false\n");
		this.runner
			.run((context) -> TestApplication.telemetry(context).gate().enable(ConsentScope.EXPORT, null, "actuator"));
		write(BROKEN);
		this.runner.run((context) -> {
			assertThat(consent(context).state()).isEqualTo(ConsentState.GRANTED);
			assertThat(consent(context).scope()).isEqualTo(ConsentScope.LOCAL);
		});
	}

	@Test
	void startWhenNothingWasDecidedLogsNothingAboutTheFile(CapturedOutput output) throws IOException {
		write(BROKEN);
		this.runner.run((context) -> {
			assertThat(consent(context).state()).isEqualTo(ConsentState.UNDECIDED);
			assertThat(TestApplication.problems(context)).hasSize(1);
		});
		assertThat(output).doesNotContain("WARN", "telemetry.yaml");
	}

	@ParameterizedTest
	@ValueSource(strings = { "directory", "link", "fifo", "open", "unreadable", "large", "other name" })
	void grantWhenThereIsNoUsableFileStaysHere(String kind) throws Exception {
		Path file = this.home.resolve("telemetry.yaml");
		switch (kind) {
			case "directory" -> Files.createDirectory(file);
			case "link" -> Files.createSymbolicLink(file, Path.of("nowhere"));
			case "fifo" ->
				assertThat(Patience.exit("mkfifo", new ProcessBuilder("mkfifo", file.toString()).start())).isZero();
			case "open" -> {
				write("debug: false\n");
				Files.setPosixFilePermissions(file,
						java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));
			}
			case "unreadable" -> Files.write(file, new byte[] { 'a', ':', ' ', (byte) 0xff });
			case "large" -> write("#".repeat(65 * 1024));
			default -> Files.writeString(this.home.resolve("telemetry.yml"), "local-only: true\n");
		}
		this.runner.withPropertyValues(TestApplication.YES).run((context) -> {
			assertThat(consent(context).scope()).isEqualTo(ConsentScope.LOCAL);
			record(context);
			assertRestricted(context);
		});
	}

	private void assertRestricted(ApplicationContext context) {
		assertThat(this.sent).isEmpty();
		TelemetryStatus status = TestApplication.telemetry(context).status();
		assertThat(status.collecting()).isTrue();
		assertThat(status.machineId()).isNull();
		try {
			assertThat(Files.readAllLines(this.home.resolve("telemetry.log"))).last()
				.asString()
				.contains("order.placed")
				.doesNotContain("machine_id", "\"os\"", "java_version");
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private void record(ApplicationContext context) {
		TelemetrySdk telemetry = TestApplication.telemetry(context);
		telemetry.context().record("order.placed");
		telemetry.context().record("order.unheard");
		assertThat(telemetry.flush(TestApplication.LONG)).isTrue();
	}

	private void write(String content) throws IOException {
		Files.writeString(this.home.resolve("telemetry.yaml"), content);
	}

	private static ConsentDecision consent(ApplicationContext context) {
		return TestApplication.telemetry(context).status().consent();
	}

}
