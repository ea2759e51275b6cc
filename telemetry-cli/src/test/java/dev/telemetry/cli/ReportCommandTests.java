package dev.telemetry.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
				"\"name\":\"order.placed\",\"count\":" + count + ",\"estimated\":" + count + ".0",
				"\"succeeded\":" + succeeded + ",\"failed\":" + (count - succeeded),
				"\"successRate\":" + ((double) succeeded / count) + ",", "\"durations\":{\"count\":" + count,
				"\"min\":" + sorted.get(0) + ",",
				"\"p50\":" + atMost(sorted, "0.5") + ",\"p90\":" + atMost(sorted, "0.9") + ",\"p99\":"
						+ atMost(sorted, "0.99") + ",\"max\":" + sorted.get(count - 1) + "}");
		double mean = sorted.stream().mapToDouble(Double::doubleValue).sum() / count;
		String shown = answer.out().replaceAll(".*\"mean\":([0-9.E]+).*\\R", "$1");
		assertThat(Double.parseDouble(shown)).isCloseTo(mean, within(1e-9));
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
		assertThat(Cli.run("report", this.directory.toString()).err()).contains("' cannot be read: it is not a file");
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
