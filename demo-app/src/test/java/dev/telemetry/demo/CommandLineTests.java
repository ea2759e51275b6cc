package dev.telemetry.demo;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The demo asked on its command line. Its port is taken while it answers: a server that
 * was started would fail.
 */
class CommandLineTests {

	@TempDir
	private Path directory;

	@Test
	void statusAnswersAndLeavesNothing() throws Exception {
		DemoCommand answer = run(Map.of(), "--telemetry.command=status", RunnerProbe.ARGUMENT);
		assertThat(answer.exitCode()).as(answer.errors()).isZero();
		assertThat(answer.output()).startsWith("tool:        demo-app\n").contains("UNDECIDED").hasLineCount(4);
		assertThat(answer.errors()).as("what the demo itself does")
			.doesNotContain("curl http")
			.doesNotContain(RunnerProbe.STARTED)
			.doesNotContain(RunnerProbe.RAN);
		assertThat(home()).doesNotExist();
	}

	@Test
	void noticeIsReadInHalfAMinute() throws Exception {
		DemoCommand answer = run(Map.of("LC_ALL", "C.UTF-8"), "--telemetry.command=notice");
		assertThat(answer.exitCode()).as(answer.errors()).isZero();
		assertThat(answer.output()).contains("order.placed", "{\"id\":");
		String sentences = answer.output().substring(0, answer.output().indexOf("{\"id\":"));
		assertThat(sentences).contains("Who asks, and why", "How to change the decision")
			.doesNotContain("sha256:", "1970");
		// 200 before the first decision; the question has 11 to 14
		assertThat(sentences.split("\\s+")).hasSizeLessThanOrEqualTo(186);
		ReadingGrade grade = ReadingGrade.english(sentences);
		assertThat(grade.grade()).as("%s", grade).isLessThanOrEqualTo(8);
		assertThat(answer.output().lines().toList()).last().asString().contains("sha256:");
	}

	@Test
	void noticeIsInTheLanguageOfTheTerminal() throws Exception {
		String output = run(Map.of("LC_ALL", "de_DE.UTF-8"), "--telemetry.command=notice").output();
		assertThat(output).startsWith("Wer fragt, und warum\n");
		String sentences = output.substring(0, output.indexOf("{\"id\":"));
		assertThat(sentences.split("\\s+")).hasSizeLessThanOrEqualTo(186);
		ReadingGrade grade = ReadingGrade.german(sentences);
		assertThat(grade.grade()).as("%s", grade).isLessThanOrEqualTo(10);
	}

	@Test
	void gradeOfATextIsThatOfTheFormula() {
		assertThat(ReadingGrade.english("The cat sat on the mat.").grade()).isCloseTo(-1.45, within(0.01));
		assertThat(ReadingGrade
			.english("The controller is responsible for the lawful processing of personal"
					+ " information about identifiable individuals.")
			.grade()).as("the control").isGreaterThan(15);
		assertThat(ReadingGrade.german("Der Hund lief in das Haus.").grade()).isLessThan(0);
		assertThat(ReadingGrade
			.german("Die verantwortliche Stelle verarbeitet personenbezogene Informationen"
					+ " identifizierbarer Personen rechtm\u00e4\u00dfig.")
			.grade()).as("the control").isGreaterThan(15);
	}

	@Test
	void demoWithoutCommandNeedsItsPort() throws Exception {
		DemoCommand answer = run(Map.of());
		assertThat(answer.exitCode()).as("the other tests would see a server").isEqualTo(1);
		assertThat(answer.output()).contains("Port").contains("already in use");
	}

	@Test
	void yesExportNoAndResetLast() throws Exception {
		DemoCommand enabled = run(Map.of(), "--telemetry.command=enable", "--telemetry.scope=local",
				"--telemetry.output=json");
		assertThat(enabled.exitCode()).as(enabled.errors()).isZero();
		assertThat(json(enabled)).containsEntry("collecting", true);
		assertThat(home().resolve("consent.json")).content().contains("\"channel\":\"command\"");
		try (DemoProcess demo = DemoProcess.start(home(), Map.of(), RunnerProbe.ARGUMENT)) {
			assertThat(demo.consent()).containsEntry("state", "GRANTED").containsEntry("scope", "LOCAL");
			demo.order(1);
			assertThat(demo.stop()).isTrue();
			assertThat(demo.output()).as("what a server does").contains(RunnerProbe.STARTED, RunnerProbe.RAN);
		}

		DemoCommand exported = run(Map.of(), "--telemetry.command=export");
		assertThat(exported.exitCode()).as(exported.errors()).isZero();
		assertThat(json(exported)).containsKeys("receipts", "ids");
		assertThat(exported.output()).contains("\"name\":\"order.placed\"");

		DemoCommand disabled = run(Map.of(), "--telemetry.command=disable");
		assertThat(disabled.exitCode()).as(disabled.errors()).isZero();
		assertThat(disabled.output()).contains("WITHDRAWN, scope NONE");
		assertThat(DemoProcess.log(home())).as("a no erases nothing").isNotEmpty();

		DemoCommand reset = run(Map.of(), "--telemetry.command=reset", "--telemetry.output=json");
		assertThat(reset.exitCode()).as(reset.errors()).isZero();
		assertThat(json(reset)).containsKeys("deletion", "consent");
		assertThat(DemoProcess.log(home())).isEmpty();
	}

	@Test
	void enableWhenVetoedIsRefused() throws Exception {
		DemoCommand answer = run(Map.of("DO_NOT_TRACK", "1"), "--telemetry.command=enable");
		assertThat(answer.exitCode()).as(answer.errors()).isEqualTo(1);
		assertThat(answer.output()).contains("vetoed").contains("environment DO_NOT_TRACK");
		assertThat(home()).doesNotExist();
	}

	@Test
	void enableWhenNothingCanBeWrittenIs3() throws Exception {
		Files.createDirectories(home().resolve("consent-receipts.jsonl"));
		assertThat(run(Map.of(), "--telemetry.command=enable").exitCode()).isEqualTo(3);
	}

	@Test
	void wrongUsageIs2AndAnswersNothing() throws Exception {
		DemoCommand answer = run(Map.of(), "--telemetry.command=bogus");
		assertThat(answer.exitCode()).isEqualTo(2);
		assertThat(answer.output()).isEmpty();
		assertThat(answer.errors()).contains("status, notice, enable, disable, reset, export");
	}

	@Test
	void variableNeverEndsTheApplication() throws Exception {
		try (DemoProcess demo = DemoProcess.start(home(), Map.of("TELEMETRY_COMMAND", "disable"),
				"-Dtelemetry.command=disable")) {
			assertThat(demo.consent()).containsEntry("state", "UNDECIDED");
			assertThat(demo.get("/actuator/telemetry").body()).contains("counts on the command line only");
		}
	}

	private DemoCommand run(Map<String, String> environment, String... arguments) throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
			String[] all = new String[arguments.length + 1];
			all[0] = "--server.port=" + taken.getLocalPort();
			System.arraycopy(arguments, 0, all, 1, arguments.length);
			return DemoCommand.run(this.directory, environment, all);
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> json(DemoCommand answer) {
		return new JsonMapper().readValue(answer.output(), Map.class);
	}

	private Path home() {
		return this.directory.resolve("home");
	}

}
