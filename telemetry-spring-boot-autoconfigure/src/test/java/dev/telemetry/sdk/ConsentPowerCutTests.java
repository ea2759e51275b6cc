package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.storage.PrivateFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The power is cut while somebody says no, after any time: a no that was answered is a no
 * afterwards, and nothing that waited is sent. {@code POWER_CUTS} says how often.
 */
@Tag("disk")
@Tag("F-13b")
@Tag("F-27")
@Timeout(value = 3, unit = TimeUnit.HOURS)
class ConsentPowerCutTests {

	private static final int CUTS = Integer.parseInt(System.getenv().getOrDefault("POWER_CUTS", "5"));

	/** About as long as the command takes. */
	private static final int LONGEST_MILLIS = 600;

	@TempDir
	private static Path built;

	@RegisterExtension
	private final PowerCutDisk disk = new PowerCutDisk();

	@Test
	void noThatWasAnsweredOutlivesThePower() throws Exception {
		CrashedProgram program = new CrashedProgram(built);
		SplittableRandom random = new SplittableRandom(CUTS);
		int answered = 0;
		for (int i = 0; i < CUTS; i++) {
			Path home = Files.createDirectory(this.disk.path().resolve("run-" + i)).resolve("home");
			PrivateFile.syncDirectory(this.disk.path());
			CrashedCommand.DISABLE.prepare(home);
			this.disk.cut();
			assertThat(isOpen(home)).as("a yes that was answered").isTrue();
			boolean said = say(program, home, random.nextInt(LONGEST_MILLIS));
			answered += said ? 1 : 0;
			List<String> sent = sent(home);
			this.disk.cut();
			check(home, said, sent);
		}
		System.out.println("Power cuts while a no is said: " + CUTS + ", of which " + answered
				+ " after it was answered: 0 violations");
	}

	private static boolean isOpen(Path home) {
		try (Installation before = CrashedCommand.open(home)) {
			return before.gate.decision().state() == ConsentState.GRANTED;
		}
	}

	/** Say no in another process, which is killed after a while. */
	private static boolean say(CrashedProgram program, Path home, int millis) throws Exception {
		Process process = new ProcessBuilder(program.line(CrashedCommand.DISABLE, home)).redirectErrorStream(true)
			.start();
		ProcessOutput output = new ProcessOutput("the process that withdraws", process);
		process.waitFor(millis, TimeUnit.MILLISECONDS);
		output.kill();
		return output.rest().contains(CrashedCommand.DONE);
	}

	private static List<String> sent(Path home) throws IOException {
		Path received = CrashedCommand.received(home);
		return Files.exists(received) ? Files.readAllLines(received) : List.of();
	}

	private static void check(Path home, boolean said, List<String> sent) throws IOException {
		try (Installation next = CrashedCommand.open(home)) {
			ConsentState state = next.gate.decision().state();
			assertThat(state).isNotEqualTo(ConsentState.FAULT);
			if (said) {
				assertThat(state).isNotEqualTo(ConsentState.GRANTED);
				assertThat(sent(home)).hasSizeLessThanOrEqualTo(sent.size());
			}
			next.disable();
			next.enable(ConsentScope.EXPORT);
			assertThat(next.gate.decision().scope()).isEqualTo(ConsentScope.EXPORT);
		}
	}

}
