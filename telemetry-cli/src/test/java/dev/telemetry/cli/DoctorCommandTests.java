package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code doctor}: what is found in a home, what is not shown, and that nothing changes.
 */
class DoctorCommandTests {

	private static final String GRANT = "0123456789abcdef0123456789abcdef";

	@TempDir
	private Path directory;

	@Test
	@Tag("P36")
	void aHomeInOrderIsZero() throws IOException {
		ConsentStore.file(Home.chosen(this.directory), "acme")
			.write(new ConsentRecord(1, true, true, ConsentScope.LOCAL, null, GRANT,
					Instant.parse("2026-11-20T10:00:00Z"), "actuator", "acme"));
		write("telemetry.opt-in", "true\n");
		write("telemetry.yaml", "enabled: true\nheaders:\n  Authorization: s3cret\n");
		write("telemetry.log", "{\"name\":\"a.b\",\"timestamp_utc\":\"2026-11-20T10:00:00.000Z\"}\n");
		spill("1.batch", Duration.ofMinutes(59));
		spill("2.batch", Duration.ofMinutes(3));
		Cli.Answer answer = Cli.run("doctor", this.directory.toString());
		assertThat(answer.err()).isEmpty();
		assertThat(answer.out().lines()).contains(
				"consent.json: yes, for local, said through actuator at 2026-11-20T10:00:00Z for acme",
				"telemetry.opt-in: true", "telemetry.yaml: sets enabled, headers",
				"telemetry.log: 1 events, the last at 2026-11-20T10:00:00.000Z",
				"spill: 2 files wait to be sent to otlp, the oldest for 59 minutes", "environment DO_NOT_TRACK: 1",
				"environment: sets TELEMETRY_HEADERS");
		assertThat(answer.out()).doesNotContain("s3cret", GRANT);
		assertThat(answer.code()).isZero();
	}

	@Test
	@Tag("P36")
	void whatHasToBeMendedIsOneAndSaysHow() throws IOException {
		write("consent.json", "{\"tool\":\"acme\",\"granted\":tr");
		write("telemetry.opt-in", "s3cret");
		write("telemetry.yaml", "enabled: [s3cret");
		write("rejected/otlp.jsonl", "s3cret");
		Files.createDirectory(this.directory.resolve("telemetry.log"));
		Cli.Answer answer = Cli.run("doctor", this.directory.toString());
		assertThat(answer.code()).isOne();
		assertThat(answer.out())
			.contains("consent.json: it cannot be trusted: ",
					"telemetry.opt-in: " + this.directory.resolve("telemetry.opt-in")
							+ ": it is neither true nor false; write 'true' and nothing else, or remove it\n",
					"line 1: unclosed bracket; nothing is sent, because the file may hold local-only; fix or delete",
					"rejected: a receiver refused events for good: otlp.jsonl; look at them",
					"telemetry.log: it cannot be read; make it", "Something has to be fixed\n")
			.doesNotContain("s3cret");
	}

	@Test
	void aFileThatOthersMayWriteIsIgnored() throws IOException {
		Path file = write("telemetry.opt-in", "true");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
		Cli.Answer answer = Cli.run("doctor", this.directory.toString());
		assertThat(answer.code()).isOne();
		assertThat(answer.out()).contains("telemetry.opt-in: ", ": it is ignored: ");
	}

	/** As when a destination answers 401: nothing in the home says why. */
	@Test
	void whatWaitsForLongIsFoundWithItsAge() throws IOException {
		spill("1.batch", Duration.ofMinutes(60));
		spill("2.batch", Duration.ofMinutes(3));
		Cli.Answer answer = Cli.run("doctor", this.directory.toString());
		assertThat(answer.code()).isOne();
		assertThat(answer.out()).contains("spill: 2 files wait to be sent to otlp, the oldest for 60 minutes; ",
				"refused credentials (401, 403) or a wrong address (404)");
	}

	@Test
	void variablesAreJudgedAndNoValueIsShown() {
		Cli.Answer answer = Cli.run(new Host(Path.of(""),
				Map.of("TELEMETRY_ENDPONIT", "https://s3cret.example.com", "TELEMETRY_HEADERS", "s3cret",
						"TELEMETRY_BATCH_SIZE", "s3cret"),
				(name) -> null, Clock.systemUTC(), Instant.EPOCH, System::nanoTime, () -> {
				}), "doctor", this.directory.toString());
		assertThat(answer.code()).isOne();
		assertThat(answer.out())
			.contains("did you mean telemetry.endpoint?", "telemetry.headers: environment",
					"telemetry.batch-size: environment")
			.doesNotContain("s3cret");
	}

	@Test
	void theAnswerIsJsonOnDemand() {
		assertThat(Cli.run("doctor", this.directory.toString(), "--output", "json").out())
			.startsWith("{\"healthy\":true,\"checks\":[{\"part\":\"home\",\"text\":\"" + this.directory + "\"}");
	}

	@Test
	void nothingIsChanged() {
		Cli.run("doctor", this.directory.toString());
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void aHomeThatIsNotThereIsTwo() {
		Cli.Answer answer = Cli.run("doctor", this.directory.resolve("missing").toString());
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains("missing' does not exist; name the home");
	}

	private void spill(String name, Duration age) throws IOException {
		Files.setLastModifiedTime(write("spill/otlp/1/" + name, "s3cret"),
				FileTime.from(Instant.parse("2026-11-21T10:00:00Z").minus(age)));
	}

	private Path write(String name, String text) throws IOException {
		Path file = this.directory.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
		return file;
	}

}
