package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import dev.telemetry.consent.gate.ConsentAnswer;
import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.problem.Problem;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A home that two users share, as far as they can: status says whose a file is and what
 * can be done, whichever file it is.
 */
@Tag("F-11")
class ForeignHomeTests {

	/** Nobody, so that nothing else belongs to it. */
	private static final int OTHER = 54321;

	private static final String WHOSE = "belongs to user " + OTHER + ", and this process runs as user ";

	private static final String ACTION = "set telemetry.home to a directory of this user, or run as user " + OTHER;

	@TempDir
	private Path directory;

	private Path home;

	@BeforeEach
	void home() throws IOException {
		Requirement.that("0".equals(String.valueOf(Files.getAttribute(this.directory, "unix:uid"))),
				"files can be given to other users");
		this.home = this.directory.resolve("home");
	}

	@Test
	void recordIsAFaultThatSaysWhoseItIs() throws Exception {
		granted();
		give("consent.json");
		try (Installation here = new Installation(this.home)) {
			assertThat(here.gate.decision().state()).isEqualTo(ConsentState.FAULT);
			assertThat(here.gate.decision().reason()).contains("it " + WHOSE, ACTION).doesNotContain("disable");
			assertThat(here.problems.list()).singleElement().satisfies((problem) -> {
				assertThat(problem.property()).isEqualTo("consent.json");
				assertThat(problem.problem()).contains("it " + WHOSE);
				assertThat(problem.action()).isEqualTo(ACTION);
			});
			assertThat(here.enable(ConsentScope.LOCAL).reason()).contains(WHOSE, ACTION);
		}
	}

	@Test
	void homeIsRefusedAndSaysWhoseItIs() throws Exception {
		granted();
		give("");
		Problem problem = Home.chosen(this.home).check();
		assertThat(problem).isNotNull();
		assertThat(problem.problem()).isEqualTo("the directory " + WHOSE + "0");
		assertThat(problem.action()).isEqualTo(ACTION);
		try (Installation here = new Installation(this.home)) {
			assertThat(here.enable(ConsentScope.LOCAL).outcome()).isEqualTo(Outcome.NO_HOME);
		}
	}

	@Test
	void receiptsAreAProblemAndKeepADecisionFromBeingStored() throws Exception {
		granted();
		give("consent-receipts.jsonl");
		try (Installation here = new Installation(this.home)) {
			assertThat(here.problems.list()).singleElement().satisfies((problem) -> {
				assertThat(problem.problem()).contains("it " + WHOSE);
				assertThat(problem.action()).isEqualTo(ACTION);
			});
			ConsentAnswer answer = here.enable(ConsentScope.LOCAL);
			assertThat(answer.outcome()).isEqualTo(Outcome.NOT_PERSISTED);
			assertThat(answer.reason()).contains(WHOSE);
		}
	}

	@Test
	void logAndJournalSayWhoseTheyAreAtTheirSinks() throws Exception {
		granted();
		give("telemetry.log");
		give("ids.jsonl");
		try (Installation here = new Installation(this.home)) {
			here.context.context().record("order.placed");
			here.context.flush(Duration.ZERO);
			Patience.until("both sinks fail",
					() -> here.context.status()
						.sinks()
						.stream()
						.allMatch((sink) -> String.valueOf(sink.lastError()).contains(WHOSE)));
			assertThat(here.context.status().sinks()).allMatch(DeliveryStatus::balanced);
		}
	}

	@Test
	void spillOfAnotherUserIsLeftAloneAndEventsAreSentFromMemory() throws Exception {
		granted();
		Files.createDirectories(this.home.resolve("spill/recording"));
		give("spill");
		give("spill/recording");
		try (Installation here = new Installation(this.home)) {
			here.recordAndFlush("order.placed");
			assertThat(here.remote.names()).containsExactly("order.placed");
		}
		assertThat(Home.chosen(this.home).checkOwners()).isNotNull()
			.satisfies((problem) -> assertThat(problem.problem()).startsWith("what is in spill " + WHOSE));
	}

	@Test
	void optInFileIsIgnoredAndSaysWhoseItIs() throws Exception {
		Files.createDirectories(this.home);
		Files.writeString(this.home.resolve("telemetry.opt-in"), "true");
		give("telemetry.opt-in");
		try (Installation here = new Installation(this.home)) {
			assertThat(here.gate.decision().state()).isEqualTo(ConsentState.UNDECIDED);
			assertThat(here.problems.list()).singleElement().satisfies((problem) -> {
				assertThat(problem.problem()).contains("it " + WHOSE);
				assertThat(problem.action()).isEqualTo(ACTION);
			});
		}
	}

	@Test
	void ownersOfEverythingAreTold() throws Exception {
		granted();
		assertThat(Home.chosen(this.home).checkOwners()).isNull();
		try (Stream<Path> files = Files.walk(this.home)) {
			for (Path file : files.filter((path) -> !path.equals(this.home)).toList()) {
				Files.setAttribute(file, "unix:uid", OTHER, LinkOption.NOFOLLOW_LINKS);
			}
		}
		Problem problem = Home.chosen(this.home).checkOwners();
		assertThat(problem).isNotNull();
		assertThat(problem.property()).isEqualTo("telemetry.home");
		assertThat(problem.problem()).startsWith("what is in consent-receipts.jsonl, consent.json,")
			.contains("ids.jsonl", "install-secret", "notices", "telemetry.log")
			.endsWith(WHOSE + "0");
		assertThat(problem.action()).isEqualTo(ACTION);
	}

	private void granted() {
		try (Installation here = new Installation(this.home)) {
			here.enable(ConsentScope.EXPORT);
			here.recordAndFlush("before");
		}
	}

	private void give(String name) throws IOException {
		Files.setAttribute(this.home.resolve(name), "unix:uid", OTHER, LinkOption.NOFOLLOW_LINKS);
	}

}
