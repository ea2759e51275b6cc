package dev.telemetry.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.LineBuffer;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link RejectedFiles}. */
class RejectedFilesTests {

	private static final long MIB = 1024 * 1024;

	@TempDir
	private Path directory;

	private RejectedFiles files() {
		return new RejectedFiles(Home.chosen(home()), Duration.ofDays(30), this::now);
	}

	/** As the disk tells it, which stamps the files: a build may have another date. */
	private Instant now() {
		try {
			return Files.getLastModifiedTime(Files.writeString(this.directory.resolve("now"), "")).toInstant();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path home() {
		return this.directory.resolve("home");
	}

	private Path rejected() {
		return home().resolve("rejected");
	}

	private Event event(int padding) {
		return Event.builder("order.placed").attribute("text", "x".repeat(padding)).timestamp(now()).build();
	}

	private static String line(Event event) {
		LineBuffer line = new LineBuffer(512);
		EventCodec.json().encode(event, line);
		return new String(line.toByteArray(), java.nio.charset.StandardCharsets.US_ASCII);
	}

	@Test
	void nothingIsTouchedBeforeThereIsARefusedEvent() throws IOException {
		RejectedFiles files = files();
		files.erase();
		files.eraseBefore(now());
		assertThat(home()).doesNotExist();
	}

	@Test
	void eventIsKeptAsALineThatNobodyElseCanRead() throws Exception {
		Event first = event(3);
		Event second = event(3);
		files().keep("otlp", first);
		files().keep("otlp", second);
		files().keep("http", first);
		Path otlp = rejected().resolve("otlp.jsonl");
		assertThat(Files.readString(otlp)).isEqualTo(line(first) + line(second));
		assertThat(Files.readString(rejected().resolve("http.jsonl"))).isEqualTo(line(first));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(otlp))).isEqualTo("rw-------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rejected()))).isEqualTo("rwx------");
		assertThat(Home.chosen(home()).check()).isNull();
	}

	@Test
	void atMostOneMebibyteIsKeptOfEachSinkAndTheNewestIsThere() throws Exception {
		RejectedFiles files = files();
		for (int i = 0; i < 500; i++) {
			files.keep("otlp", event(8000));
		}
		Event last = event(1);
		files.keep("otlp", last);
		assertThat(size()).isGreaterThan(MIB / 2).isLessThanOrEqualTo(MIB);
		assertThat(Files.readString(rejected().resolve("otlp.jsonl"))).endsWith(line(last));
	}

	private long size() throws IOException {
		try (Stream<Path> found = Files.list(rejected())) {
			long size = 0;
			for (Path file : found.toList()) {
				size += Files.size(file);
			}
			return size;
		}
	}

	@Test
	void eraseErasesEverythingAndOthersCanBeKeptAgain() throws Exception {
		RejectedFiles files = files();
		files.keep("otlp", event(3));
		files.keep("http", event(3));
		files.erase();
		assertThat(rejected()).doesNotExist();
		files.keep("otlp", event(3));
		assertThat(rejected().resolve("otlp.jsonl")).exists();
	}

	@Test
	void eraseBeforeErasesWhatIsOlder() throws Exception {
		RejectedFiles files = files();
		files.keep("otlp", event(3));
		files.eraseBefore(now().minusSeconds(3600));
		assertThat(rejected().resolve("otlp.jsonl")).exists();
		files.eraseBefore(now().plusSeconds(3600));
		assertThat(rejected().resolve("otlp.jsonl")).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "../evil", "a/b", ".hidden", "", "a.b", "nul\0", "\u00e4" })
	void nameThatIsNoFilesNameStaysInside(String sink) throws Exception {
		files().keep(sink, event(3));
		try (Stream<Path> found = Files.list(rejected())) {
			assertThat(found.map((file) -> file.getFileName().toString()).filter((name) -> name.endsWith("l")))
				.isEqualTo(List.of("other.jsonl"));
		}
		assertThat(this.directory.resolve("evil.jsonl")).doesNotExist();
	}

	@Test
	void linkIsNotFollowed() throws Exception {
		Path victim = Files.writeString(this.directory.resolve("victim"), "mine");
		files().keep("http", event(3));
		Files.createSymbolicLink(rejected().resolve("otlp.jsonl"), victim);
		assertThatExceptionOfType(TelemetryException.class).isThrownBy(() -> files().keep("otlp", event(3)));
		assertThat(Files.readString(victim)).isEqualTo("mine");
		assertThatCode(() -> files().erase()).doesNotThrowAnyException();
		assertThat(Files.readString(victim)).isEqualTo("mine");
	}

	@Test
	void directoryThatIsAFileIsAFailureThatNamesIt() throws Exception {
		Files.createDirectories(home());
		Files.writeString(rejected(), "");
		assertThatExceptionOfType(TelemetryException.class).isThrownBy(() -> files().keep("otlp", event(3)))
			.withMessageContaining("'rejected'");
	}

}
