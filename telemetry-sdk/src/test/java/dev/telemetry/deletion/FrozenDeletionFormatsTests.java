package dev.telemetry.deletion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.Golden;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is on disk of a request for deletion is as it was, and a request is not lost. */
class FrozenDeletionFormatsTests {

	private static final Instant AT = Instant.parse("2026-11-21T03:00:00Z");

	private static final String REQUEST = "00000001-00000000-0000-0000-0000-000000000007.json";

	private static final DeletionRequest PENDING = new DeletionRequest("ab".repeat(32),
			UUID.fromString("00000000-0000-0000-0000-000000000007"), "demo-app");

	@TempDir
	private Path directory;

	private Path files;

	private DeletionOutbox outbox;

	@BeforeEach
	void create() {
		Path home = this.directory.resolve("home");
		this.files = home.resolve("deletion");
		this.outbox = new DeletionOutbox(Home.chosen(home), () -> AT, PENDING::requestId, new Problems());
	}

	@Test
	void requestIsWrittenAsItWas() throws IOException {
		this.outbox.store(List.of(PENDING.machineId()), PENDING.tool());
		Golden.assertSame("deletion/" + REQUEST, Files.readAllBytes(this.files.resolve(REQUEST)));
	}

	@Test
	void requestOfThenIsSent() throws IOException {
		put(REQUEST);
		assertThat(this.outbox.waiting()).containsExactly(PENDING);
	}

	@Test
	void resultIsWrittenAsItWas() throws IOException {
		this.outbox.store(List.of(PENDING.machineId()), PENDING.tool());
		this.outbox.done(PENDING, DeletionOutcome.ACKNOWLEDGED);
		Golden.assertSame("deletion/result.json", Files.readAllBytes(this.files.resolve("result.json")));
	}

	@Test
	void requestThatTheResultOfThenNamesIsDone() throws IOException {
		put(REQUEST);
		put("result.json");
		assertThat(this.outbox.waiting()).isEmpty();
		assertThat(this.outbox.result())
			.isEqualTo(new DeletionResult(DeletionOutcome.ACKNOWLEDGED, AT, 1, PENDING.requestId()));
	}

	private void put(String name) throws IOException {
		PrivateFile.createDirectories(this.files);
		PrivateFile.write(this.files.resolve(name), Golden.read("deletion/" + name));
	}

}
