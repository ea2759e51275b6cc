package dev.telemetry.insight;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.telemetry.sdk.Patience;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

class LocalLogReaderTests {

	@TempDir
	private Path directory;

	private Path log;

	private LocalLogReader reader;

	@BeforeEach
	void create() {
		this.log = this.directory.resolve("telemetry.log");
		this.reader = new LocalLogReader(this.log);
	}

	@Test
	void newestWhenNoLogIsEmpty() throws IOException {
		assertThat(this.reader.newest(10)).isEqualTo(new LocalLogReader.Page(List.of(), 0));
	}

	@Test
	void newestKeepsTypesAndOrder() throws IOException {
		Files.writeString(this.log,
				"{\"name\":\"a\",\"attrs\":{\"z\":1,\"d\":1.5,\"b\":true,\"f\":false,\"s\":\"\\u00fc\"},\"schema_version\":1}\n");
		Map<String, Object> event = this.reader.newest(10).events().get(0);
		assertThat(event).containsExactly(Map.entry("name", "a"),
				Map.entry("attrs", Map.of("z", 1L, "d", 1.5, "b", true, "f", false, "s", "ü")),
				Map.entry("schema_version", 1L));
		assertThat(((Map<?, ?>) event.get("attrs")).keySet().iterator().next()).isEqualTo("z");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 99, 100, 101, 1000 })
	void newestReturnsTheNewestTheOldestOfThemFirst(int limit) throws IOException {
		write(this.log, 0, 100);
		int count = Math.min(limit, 100);
		assertThat(names(limit)).isEqualTo(names(100 - count, 100));
	}

	@Test
	void newestWhenRotatedGoesOnInOlderFiles() throws IOException {
		write(rotated(2), 0, 10);
		write(rotated(1), 10, 20);
		write(this.log, 20, 25);
		assertThat(names(8)).isEqualTo(names(17, 25));
		assertThat(names(1000)).isEqualTo(names(0, 25));
	}

	@Test
	void newestWhenJustRotatedReadsTheOlderFiles() throws IOException {
		write(rotated(1), 0, 10);
		assertThat(names(3)).isEqualTo(names(7, 10));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 8190, 8191, 8192, 8193, 20_000, 60_000 })
	void newestWhenLinesSpanBlocksPutsThemTogether(int length) throws IOException {
		String text = "x".repeat(length);
		Files.writeString(this.log, ("{\"name\":\"" + text + "\"}\n").repeat(3));
		assertThat(names(3)).containsExactly(text, text, text);
	}

	@Test
	void newestSkipsAndCountsWhatIsNoEvent() throws IOException {
		Files.write(this.log,
				List.of("{\"name\":\"a\"}", "", "torn {", "[]", "1", "null", "{}", "{\"name\":1}",
						"{\"name\":\"x\",\"list\":[1]}", "{\"name\":\"x\",\"nothing\":null}",
						"{\"name\":\"x\"} trailing", "{\"name\":\"x\",\"name\":\"y\"}", "{\"name\":\"x\",\"n\":1e999}",
						"{\"name\":\"x\",\"n\":99999999999999999999}", "{\"name\":\"x\",\"a\":{\"b\":{\"c\":1}}}",
						"{\"name\":\"x\",\"n\":NaN}", "\u0000\u0000", "{\"name\":\"b\"}", "{\"name\":\"to"));
		LocalLogReader.Page page = this.reader.newest(100);
		assertThat(page.events()).containsExactly(Map.of("name", "a"), Map.of("name", "b"));
		assertThat(page.skipped()).isEqualTo(16);
	}

	@Test
	void newestWhenLastLineIsTornReturnsThoseBefore() throws IOException {
		Files.writeString(this.log, "{\"name\":\"a\"}\n{\"name\":\"b");
		assertThat(this.reader.newest(10)).isEqualTo(new LocalLogReader.Page(List.of(Map.of("name", "a")), 1));
	}

	@Test
	void newestWhenLineIsTooLongSkipsIt() throws IOException {
		String huge = "{\"name\":\"" + "x".repeat(3_000_000) + "\"}";
		Files.write(this.log, List.of("{\"name\":\"a\"}", huge, "{\"name\":\"b\"}"));
		LocalLogReader.Page page = this.reader.newest(10);
		assertThat(page.events()).containsExactly(Map.of("name", "a"), Map.of("name", "b"));
		assertThat(page.skipped()).isEqualTo(1);
	}

	@Test
	void newestWhenFileIsLargeReadsItsEndOnly() throws IOException {
		try (java.io.RandomAccessFile file = new java.io.RandomAccessFile(this.log.toFile(), "rw")) {
			// Sparse: 1 TiB that could not be read in any test's time
			file.seek(1L << 40);
			file.write("\n{\"name\":\"a\"}\n".getBytes(StandardCharsets.UTF_8));
		}
		assertThat(names(1)).containsExactly("a");
	}

	@Test
	@Timeout(value = 60, unit = TimeUnit.SECONDS)
	void newestNeverOpensLinksOrOtherThings() throws IOException, InterruptedException {
		Path elsewhere = this.directory.resolve("elsewhere");
		write(elsewhere, 0, 3);
		Files.createSymbolicLink(this.log, elsewhere);
		assertThat(names(10)).isEmpty();
		Files.delete(this.log);
		Files.createDirectory(this.log);
		assertThat(names(10)).isEmpty();
		Files.delete(this.log);
		Process process = new ProcessBuilder("mkfifo", this.log.toString()).start();
		assumeThat(Patience.exit("mkfifo", process)).isZero();
		write(rotated(1), 0, 1);
		assertThat(names(10)).containsExactly("e0");
		assertThat(new LocalLogReader(elsewhere).newest(10).events()).hasSize(3);
	}

	@Test
	void newestWhenRotatedWhileReadingShowsNothingTwice() throws IOException {
		write(this.log, 0, 3);
		Files.createLink(rotated(1), this.log);
		assertThat(names(10)).isEqualTo(names(0, 3));
	}

	@Test
	void newestWhenLimitWrongThrows() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.reader.newest(0))
			.withMessage("'limit' must be at least 1");
	}

	private List<String> names(int limit) throws IOException {
		return this.reader.newest(limit).events().stream().map((event) -> (String) event.get("name")).toList();
	}

	private Path rotated(int number) {
		return this.directory.resolve("telemetry.log." + number);
	}

	private static List<String> names(int from, int to) {
		return IntStream.range(from, to).mapToObj((index) -> "e" + index).toList();
	}

	private static void write(Path file, int from, int to) throws IOException {
		Files.write(file, names(from, to).stream().map((name) -> "{\"name\":\"" + name + "\"}").toList());
	}

}
