package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.insight.LocalLogReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process is killed at each change it makes on the disk, and what the next one finds is
 * looked at. {@code CRASH_RUNS} says how often at each.
 */
@Tag("disk")
@Tag("F-27")
@Timeout(value = 3, unit = TimeUnit.HOURS)
class CrashPointTests {

	private static final int RUNS = Integer.parseInt(Objects.requireNonNullElse(System.getenv("CRASH_RUNS"), "1"));

	@TempDir
	private static Path built;

	private static CrashedProgram program;

	@TempDir
	private Path directory;

	private int homes;

	@BeforeAll
	static void eyes() throws Exception {
		Requirement.strace();
		program = new CrashedProgram(built);
	}

	@ParameterizedTest
	@EnumSource
	void restartAfterACrashFindsNothingMoreOpenThanWasSaid(CrashedCommand command) throws Exception {
		Path template = home();
		command.prepare(template);
		List<CrashPoint> points = CrashPoint.of(command, program, copy(template));
		int kills = 0;
		for (CrashPoint point : points) {
			for (int i = 0; i < RUNS; i++) {
				Path home = copy(template);
				CrashPoint.Ending ending = point.reach(program, home);
				check(point, ending, home);
				kills += ending.killed() ? 1 : 0;
			}
		}
		System.out.println("Crashes: " + command + ", " + points.size() + " points, " + kills + " kills, 0 violations");
		assertThat(kills).as("some were killed").isGreaterThan(5 * RUNS);
	}

	private void check(CrashPoint point, CrashPoint.Ending ending, Path home) throws Exception {
		String what = point + " " + ending;
		assertThat(ending.killed() || ending.answered()).as(what).isTrue();
		List<String> receipts = lines(home.resolve("consent-receipts.jsonl"));
		boolean logErased = Files.notExists(home.resolve("telemetry.log"));
		List<String> sent = lines(CrashedCommand.received(home));
		checkFiles(home, what);
		try (Installation next = CrashedCommand.open(home)) {
			ConsentState state = next.gate.decision().state();
			assertThat(state).as(what).isNotEqualTo(ConsentState.FAULT);
			if (next.gate.decision().rule() == 9) {
				assertThat(receipts).as(what).last().asString().contains("consent.granted").endsWith("}");
			}
			List<String> known = new ArrayList<>(next.noted());
			known.addAll(Deletion.stored(home));
			assertThat(known).as(what).containsAll(sent);
			checkCommand(point, ending, state, logErased, what);
			checkSpill(point, ending, next, sent, what);
			assertThat(new LocalLogReader(next.log()).newest(10).skipped()).as(what).isZero();
			checkWorks(next, what);
		}
	}

	private static void checkCommand(CrashPoint point, CrashPoint.Ending ending, ConsentState state, boolean logErased,
			String what) {
		boolean open = state == ConsentState.GRANTED;
		switch (point.command()) {
			case ENABLE, ENABLE_AGAIN -> assertThat(open || !ending.answered()).as(what).isTrue();
			case TAKE_OVER, SEND, SPILL, REPLAY -> assertThat(open).as(what).isTrue();
			case DISABLE -> assertThat(open && ending.answered()).as(what).isFalse();
			case RESET -> assertThat(open && (ending.answered() || logErased)).as(what).isFalse();
		}
	}

	/** What waited is sent under the same yes, all of it, and after a no it is gone. */
	private static void checkSpill(CrashPoint point, CrashPoint.Ending ending, Installation next, List<String> sent,
			String what) throws IOException {
		if (next.gate.session() == null) {
			assertThat(next.home.resolve("spill")).as(what).doesNotExist();
			assertThat(lines(CrashedCommand.received(next.home))).as(what).isEqualTo(sent);
		}
		else if (point.command() == CrashedCommand.REPLAY || point.command() == CrashedCommand.TAKE_OVER
				|| (point.command() == CrashedCommand.SPILL && ending.answered())) {
			next.recordAndFlush("order.placed");
			assertThat(lines(CrashedCommand.received(next.home))).as(what).hasSizeGreaterThan(CrashedCommand.EVENTS);
		}
	}

	/** Whole or absent, ours alone, and under no name that nobody knows. */
	private static void checkFiles(Path home, String what) throws IOException {
		if (Files.exists(home)) {
			assertThat(RealApplication.mode(home)).as(what).isEqualTo("rwx------");
		}
		for (Path file : Installation.files(home)) {
			assertThat(RealApplication.mode(file)).as(what + " " + file).isEqualTo("rw-------");
		}
	}

	/** What a crash left behind keeps nobody from saying no, and then yes. */
	private static void checkWorks(Installation next, String what) {
		next.disable();
		assertThat(next.gate.decision().scope()).as(what).isEqualTo(ConsentScope.NONE);
		next.enable(ConsentScope.EXPORT);
		assertThat(next.gate.decision().scope()).as(what).isEqualTo(ConsentScope.EXPORT);
		next.recordAndFlush("order.placed");
	}

	private static List<String> lines(Path file) throws IOException {
		return Files.exists(file) ? Files.readAllLines(file) : List.of();
	}

	private Path home() throws IOException {
		return Files.createDirectory(this.directory.resolve("run-" + this.homes++)).resolve("home");
	}

	private Path copy(Path template) throws IOException {
		Path home = home();
		Path from = Objects.requireNonNull(template.getParent());
		Path to = Objects.requireNonNull(home.getParent());
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.filter((path) -> !path.equals(from)).toList()) {
				Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
			}
		}
		return home;
	}

}
