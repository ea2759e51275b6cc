package dev.telemetry.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** {@code report}: figures against those of a slow and simple count. */
class ReportCommandTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 9, 10, 11, 99, 100, 101, 1000 })
	void figuresAreThoseOfASlowAndSimpleCount(int count) throws IOException {
		Random random = new Random(count);
		List<String> lines = new ArrayList<>();
		List<Double> durations = new ArrayList<>();
		int succeeded = 0;
		for (int i = 0; i < count; i++) {
			double duration = random.nextInt(100_000) / 100.0;
			boolean success = random.nextInt(4) > 0;
			durations.add(duration);
			succeeded += success ? 1 : 0;
			lines.add(line("order.placed", i, "\"duration_ms\":" + duration + ",\"success\":" + success));
		}
		Cli.Answer answer = Cli.run("report", write("telemetry.log", lines).toString(), "--output", "json");
		assertThat(answer.code()).isZero();
		List<Double> sorted = durations.stream().sorted().toList();
		assertThat(answer.out()).contains(
				"\"name\":\"order.placed\",\"count\":" + count + ",\"estimated\":" + count + ",\"",
				"\"succeeded\":" + succeeded + ",\"failed\":" + (count - succeeded),
				"\"successRate\":" + plain((double) succeeded / count) + ",", "\"durations\":{\"count\":" + count,
				"\"min\":" + plain(sorted.get(0)) + ",",
				"\"p50\":" + plain(atMost(sorted, "0.5")) + ",\"p90\":" + plain(atMost(sorted, "0.9")) + ",\"p99\":"
						+ plain(atMost(sorted, "0.99")) + ",\"max\":" + plain(sorted.get(count - 1)) + "}");
		double mean = sorted.stream().mapToDouble(Double::doubleValue).sum() / count;
		String shown = answer.out().replaceAll(".*\"mean\":([0-9.E]+).*\\R", "$1");
		assertThat(Double.parseDouble(shown)).isCloseTo(mean, within(1e-9));
	}

	private static String plain(double number) {
		return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
	}

	/**
	 * The least duration that a share of all does not exceed, by trying one after the
	 * other.
	 */
	private static double atMost(List<Double> durations, String share) {
		BigDecimal wanted = new BigDecimal(share).multiply(BigDecimal.valueOf(durations.size()));
		return durations.stream()
			.filter((candidate) -> BigDecimal
				.valueOf(durations.stream().filter((duration) -> duration <= candidate).count())
				.compareTo(wanted) >= 0)
			.min(Double::compare)
			.orElseThrow();
	}

	@Test
	void aTableForPeople() throws IOException {
		Path log = write("telemetry.log",
				List.of(line("order.placed", 0, "\"duration_ms\":1.5,\"success\":true"),
						line("order.placed", 1, "\"duration_ms\":2,\"success\":false,\"error\":\"TimeoutException\""),
						line("order.placed", 2, "\"duration_ms\":12.25,\"success\":true"), line("app.started", 3, "")
							.replace("\"schema_version\"", "\"sampling_rate\":0.1,\"schema_version\""),
						"{\"name\":\"torn"));
		Cli.Answer answer = Cli.run("report", log.toString());
		assertThat(answer.err()).isEmpty();
		assertThat(answer.out()).isEqualTo("""
				Event         Count  Before sampling  Success  p50 ms  p90 ms  p99 ms  Max ms
				app.started       1               10
				order.placed      3                3   66.7 %   2.000  12.250  12.250  12.250
				order.placed failed with 1 TimeoutException
				4 events, from 2026-11-20T10:00:00.000Z to 2026-11-20T10:00:03.000Z; 1 lines are no events
				""");
	}

	@Test
	void rotatedFilesBelongToTheLogAndNoneIsCountedTwice() throws IOException {
		Path log = write("telemetry.log", List.of(line("a.b", 5, "")));
		Path rotated = write("telemetry.log.1", List.of(line("a.b", 3, ""), line("a.b", 4, "")));
		write("telemetry.log.2", List.of(line("a.b", 1, "")));
		write("telemetry.log.4", List.of(line("a.b", 0, "")));
		assertThat(Cli.run("report", log.toString(), rotated.toString(), "--output", "json").out())
			.contains("\"count\":4,", "\"days\":{\"2026-11-20\":4}", "\"first\":\"2026-11-20T10:00:01.000Z\"");
	}

	/** As logrotate does, with {@code delaycompress} and without. */
	@Test
	void filesThatWereCompressedWithGzipAreRead() throws IOException {
		Path log = write("telemetry.log", List.of(line("a.b", 5, "")));
		write("telemetry.log.1", List.of(line("a.b", 4, "")));
		Path compressed = gzip("telemetry.log.2.gz", line("a.b", 2, "") + "\n" + line("a.b", 3, "") + "\n");
		// Being compressed just now: the whole one counts
		write("telemetry.log.3", List.of(line("a.b", 1, "")));
		gzip("telemetry.log.3.gz", "");
		gzip("telemetry.log.4.gz", line("a.b", 0, "") + "\n", "");
		assertThat(Cli.run("report", log.toString(), compressed.toString(), "--output", "json").out())
			.contains("\"count\":6,", "\"skipped\":0", "\"first\":\"2026-11-20T10:00:00.000Z\"")
			.doesNotContain("unread");
		assertThat(Cli.run("report", compressed.toString()).out()).contains("2 events");
		Path renamed = Files.copy(compressed, this.directory.resolve("old.log"));
		assertThat(Cli.run("report", renamed.toString()).out()).contains("2 events");
	}

	@ParameterizedTest
	@CsvSource({ "zst, 28b52ffd24, zstd", "bz2, 425a6839, bzip2", "xz, fd377a585a0000, xz", "lz4, 04224d1864, lz4",
			"zip, 504b0304, zip", "Z, 1f9d90, compress" })
	void filesThatWereCompressedOtherwiseAreNamed(String ending, String start, String program) throws IOException {
		Path log = write("telemetry.log", List.of(line("a.b", 2, "")));
		Path compressed = Files.write(this.directory.resolve("telemetry.log.1." + ending),
				HexFormat.of().parseHex(start));
		write("telemetry.log.2", List.of(line("a.b", 1, "")));
		String name = "telemetry.log.1." + ending + ": it is compressed with " + program;
		assertThat(Cli.run("report", log.toString()).out())
			.endsWith("2 events, from 2026-11-20T10:00:01.000Z to 2026-11-20T10:00:02.000Z\nnot counted: " + name
					+ "; decompress it first\n");
		assertThat(Cli.run("report", log.toString(), "--output", "json").out())
			.contains("\"unread\":[\"" + name + "\"]", "\"count\":2,");
		Cli.Answer answer = Cli.run("report", compressed.toString());
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).isEqualTo("'" + compressed + "' cannot be read: it is compressed with " + program
				+ "; decompress it first; gzip alone is read\n");
	}

	@Test
	void aFileWhoseCompressedDataEndEarlyIsCountedAsFarAsItGoes() throws IOException {
		Path log = write("telemetry.log", List.of(line("a.b", 9, "")));
		Path whole = gzip("telemetry.log.1.gz", (line("a.b", 1, "") + "\n").repeat(5000));
		byte[] bytes = Files.readAllBytes(whole);
		for (int length : List.of(2, 5, 12, bytes.length / 2, bytes.length - 3)) {
			Files.write(whole, Arrays.copyOf(bytes, length));
			Cli.Answer answer = Cli.run("report", log.toString());
			assertThat(answer.code()).isZero();
			assertThat(answer.out()).contains("not counted: telemetry.log.1.gz: what is compressed in it is damaged, or"
					+ " ends early; decompress it first");
		}
	}

	@Test
	void ofAHomeTheLogInItIsRead() throws IOException {
		write("telemetry.log", List.of(line("a.b", 1, "")));
		assertThat(Cli.run("report", this.directory.toString()).out()).contains("1 events");
		Path empty = Files.createDirectory(this.directory.resolve("empty"));
		assertThat(Cli.run("report", empty.toString()).err()).contains("telemetry.log' does not exist; name the log");
	}

	@Test
	void groupsHaveSharesOfASum() throws IOException {
		write("telemetry.log",
				List.of(line("violations.detected", 1, "\"kind\":\"contracts\",\"n\":71,\"duration_ms\":2"),
						line("violations.detected", 2, "\"kind\":\"plan\",\"n\":29"),
						line("violations.detected", 3, "\"kind\":\"plan\",\"n\":1000"), line("app.started", 4, "")));
		Cli.Answer answer = Cli.run("report", this.directory.toString(), "--event", "violations.detected", "--by",
				"kind", "--sum", "n", "--since", "2026-11-20", "--until", "2026-11-20T10:00:03Z");
		assertThat(answer.err()).isEmpty();
		assertThat(answer.out()).isEqualTo("""
				Event                Count  Before sampling  Success  p50 ms  p90 ms  p99 ms  Max ms  Sum of n
				violations.detected      2                2            2.000   2.000   2.000   2.000       100

				violations.detected: contracts 71 %, plan 29 % of n
				kind       Count  Before sampling  Success  p50 ms  p90 ms  p99 ms  Max ms  Sum of n   Share
				contracts      1                1            2.000   2.000   2.000   2.000        71  71.0 %
				plan           1                1                                                 29  29.0 %

				2 events, from 2026-11-20T10:00:01.000Z to 2026-11-20T10:00:02.000Z
				""");
	}

	@Test
	void eachFormatIsWritten() throws IOException {
		String log = write("telemetry.log", List.of(line("a.b", 1, "\"plan\":\"=1\""))).toString();
		assertThat(Cli.run("report", log, "--format", "json").out())
			.isEqualTo(Cli.run("report", log, "--output", "json").out());
		assertThat(Cli.run("report", log, "--format", "csv", "--by", "plan").out())
			.contains("\"a.b\",group,\"'=1\",1,1,0,0,,,,,,,,,,1\r\n");
		assertThat(Cli.run("report", log, "--format", "html").out()).startsWith("<!DOCTYPE html>")
			.contains("<th scope=\"row\">a.b</th><td>1</td>");
		assertThat(Cli.run("report", log, "--format", "xml").code()).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "--since | soon | 'since' must be a day such as",
					"--until | 2026-02-30 | 'until' must be a day such as",
					"--by | \" \" | 'by' must be the name of an attribute" })
	void whatCannotBeUnderstoodIsTwo(String option, String value, String reason) throws IOException {
		Cli.Answer answer = Cli.run("report", write("telemetry.log", List.of()).toString(), option, value);
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains(reason);
	}

	private Path gzip(String name, String... members) throws IOException {
		Path file = this.directory.resolve(name);
		try (OutputStream out = Files.newOutputStream(file)) {
			for (String member : members) {
				GZIPOutputStream compressed = new GZIPOutputStream(out);
				compressed.write(member.getBytes(StandardCharsets.UTF_8));
				compressed.finish();
			}
		}
		return file;
	}

	@Test
	void whatIsNoEventIsCountedAndDoesNotSteerTheTerminal() throws IOException {
		Path log = write("telemetry.log", List.of("", "null", "[1]", "{}", "{\"name\":3}", "x".repeat(100_000),
				"{\"name\":\"a\\u001b[2Jb\",\"attrs\":{\"duration_ms\":-1,\"success\":\"yes\"},\"timestamp_utc\":\"soon\"}",
				"{\"name\":\"c\",\"attrs\":{\"duration_ms\":1e999}}", "{\"name\":\"d\",\"attrs\":3}"));
		Cli.Answer answer = Cli.run("report", log.toString());
		assertThat(answer.code()).isZero();
		assertThat(answer.out()).doesNotContain("\u001b").contains("a\\u001b[2Jb", "2 events; 6 lines are no events");
	}

	@Test
	void anEmptyLogIsNoError() throws IOException {
		Path log = write("telemetry.log", List.of());
		assertThat(Cli.run("report", log.toString())).isEqualTo(new Cli.Answer(0, "0 events\n", ""));
		assertThat(Cli.run("report", log.toString(), "--output", "json").out())
			.isEqualTo("{\"skipped\":0,\"events\":[]}\n");
	}

	@Test
	void aLogThatCannotBeReadIsTwo() {
		Cli.Answer answer = Cli.run("report", this.directory.resolve("telemetry.log").toString());
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains("telemetry.log' does not exist; name the log");
		assertThat(Cli.run("report", this.directory.toString()).err())
			.contains("telemetry.log' does not exist; name the log");
	}

	private static String line(String name, int second, String attributes) {
		return String.format(Locale.ROOT,
				"{\"id\":\"0\",\"name\":\"%s\",\"timestamp_utc\":\"2026-11-20T10:%02d:%02d.000Z\",\"attrs\":{%s},\"schema_version\":1}",
				name, (second / 60) % 60, second % 60, attributes);
	}

	private Path write(String name, List<String> lines) throws IOException {
		String text = String.join("\n", Stream.concat(lines.stream(), Stream.of("")).toList());
		return Files.writeString(this.directory.resolve(name), text);
	}

}
