package dev.telemetry.insight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

/** What a report counts, and what it does not take for a figure. */
class UsageReportTests {

	@TempDir
	private Path directory;

	@Test
	void eventsAreCountedByNameDayAndError() throws IOException {
		UsageReport report = read(
				"""
						{"name":"b","timestamp_utc":"2026-11-20T23:59:59.999Z","attrs":{"success":true,"duration_ms":4}}
						{"name":"b","timestamp_utc":"2026-11-21T00:00:00.000Z","attrs":{"success":false,"error":"A","duration_ms":2}}
						{"name":"b","timestamp_utc":"2026-11-21T00:00:01.000Z","attrs":{"success":false,"error":"B","duration_ms":3}}
						{"name":"b","timestamp_utc":"2026-11-21T00:00:02.000Z","attrs":{"success":false,"error":"B"}}
						{"name":"a","attrs":{},"sampling_rate":0.25}
						""");
		assertThat(report.events()).extracting(EventUsage::name).containsExactly("a", "b");
		EventUsage b = report.events().get(1);
		assertThat(b.successRate()).isEqualTo(0.25);
		assertThat(b.days()).containsExactly(Map.entry("2026-11-20", 1.0), Map.entry("2026-11-21", 3.0));
		assertThat(b.errors()).containsExactly(Map.entry("B", 2.0), Map.entry("A", 1.0));
		assertThat(b.durations()).isEqualTo(new DurationSummary(3, 2, 3, 3, 4, 4, 4));
		assertThat(report.events().get(0).successRate()).isNull();
		assertThat(report.events().get(0).durations()).isNull();
		assertThat(report.events().get(0).estimated()).isEqualTo(4);
		assertThat(report.first()).isEqualTo("2026-11-20T23:59:59.999Z");
		assertThat(report.last()).isEqualTo("2026-11-21T00:00:02.000Z");
	}

	@Test
	void numbersThatAreNoneAreLeftOut() throws IOException {
		UsageReport report = read("""
				{"name":"a","attrs":{"duration_ms":1e308},"sampling_rate":1e-320}
				{"name":"a","attrs":{"duration_ms":-1},"sampling_rate":2}
				{"name":"a","attrs":{"duration_ms":1e308},"sampling_rate":0}
				no event
				""");
		assertThat(report.skipped()).isOne();
		assertThat(report.events()).singleElement().satisfies((event) -> {
			assertThat(event.estimated()).isEqualTo(3);
			assertThat(event.durations()).isNull();
		});
	}

	@Test
	void aLogThatIsNotThereIsAnError() {
		assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> UsageReport
			.read(List.of(this.directory.resolve("telemetry.log")), ReportQuery.ALL, ReportProgress.NONE));
	}

	@Test
	void afterAThousandGroupsTheRestIsOther() throws IOException {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 1001; i++) {
			lines.append("{\"name\":\"a\",\"attrs\":{\"plan\":\"g").append(i).append("\",\"n\":1}}\n");
		}
		lines.append("{\"name\":\"a\",\"attrs\":{\"plan\":\"g7\",\"n\":1}}\n");
		lines.append("{\"name\":\"a\",\"attrs\":{\"plan\":\"g1001\",\"n\":1}}\n");
		lines.append("{\"name\":\"a\",\"attrs\":{\"plan\":\"other\"}}\n{\"name\":\"a\",\"attrs\":{}}\n");
		List<GroupUsage> groups = read(lines.toString(), ReportQuery.parse(null, null, List.of(), "plan", null))
			.events()
			.get(0)
			.groups();
		assertThat(groups).hasSize(1002);
		assertThat(groups.get(0).value()).isEqualTo("g7");
		assertThat(groups.get(0).count()).isEqualTo(2);
		assertThat(groups.get(1000).kind()).isEqualTo(GroupUsage.Kind.OTHER);
		assertThat(groups.get(1000).count()).isEqualTo(3);
		assertThat(groups.get(1001).kind()).isEqualTo(GroupUsage.Kind.WITHOUT);
		assertThat(groups.stream().mapToDouble(GroupUsage::share).sum()).isCloseTo(1, within(1e-9));
	}

	@Test
	void afterAThousandEventsAndAHundredErrorsTheRestIsOther() throws IOException {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 1003; i++) {
			lines.append("{\"name\":\"event.n").append(i).append("\",\"attrs\":{\"duration_ms\":1.5}}\n");
		}
		for (int i = 0; i < 102; i++) {
			lines.append("{\"name\":\"event.n0\",\"attrs\":{\"error\":\"E").append(i).append("\"}}\n");
		}
		UsageReport report = read(lines.toString());
		assertThat(report.events()).hasSize(1001);
		EventUsage other = report.events().get(1000);
		assertThat(other.name()).isEqualTo("other");
		assertThat(other.count()).isEqualTo(3);
		assertThat(other.durations()).isEqualTo(new DurationSummary(3, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5));
		assertThat(report.events().get(0).errors()).hasSize(101).containsEntry("other", 2.0);
		assertThat(report.count()).isEqualTo(1105);
	}

	/** As many names as fit into a few megabytes, however long each of them is. */
	@Test
	void namesOfAnyLengthTakeBoundedMemory() throws IOException {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 200; i++) {
			lines.append("{\"name\":\"a\",\"attrs\":{\"plan\":\"")
				.append(i)
				.append("x".repeat(60_000))
				.append("\"}}\n");
		}
		List<GroupUsage> groups = read(lines.toString(), ReportQuery.parse(null, null, List.of(), "plan", null))
			.events()
			.get(0)
			.groups();
		assertThat(groups.size()).isBetween(60, 80);
		assertThat(groups.stream().mapToLong(GroupUsage::count).sum()).isEqualTo(200);
	}

	/** Each of them different, with room for 8: the log is read again and again. */
	@Test
	void percentilesAreExactWhereDurationsDoNotFit() throws IOException {
		double[] durations = new Random(1).doubles(20_000, 0, 1e6).toArray();
		StringBuilder lines = new StringBuilder();
		for (double duration : durations) {
			lines.append("{\"name\":\"a\",\"attrs\":{\"duration_ms\":").append(duration).append("}}\n");
		}
		Path log = Files.writeString(this.directory.resolve("telemetry.log"), lines);
		List<Long> progress = new ArrayList<>();
		DurationSummary summary = UsageReport
			.read(List.of(log), ReportQuery.ALL, (read, size) -> progress.add(size - read), 0)
			.events()
			.get(0)
			.durations();
		Arrays.sort(durations);
		assertThat(summary).isNotNull();
		assertThat(progress).contains(0L).anyMatch((left) -> left > 0);
		assertThat(new double[] { summary.p50(), summary.p90(), summary.p99() }).containsExactly(durations[9_999],
				durations[17_999], durations[19_799]);
	}

	/** A rate decides how much an event weighs in every figure. */
	@Test
	void eventsWeighAsManyAsTheyStandFor() throws IOException {
		EventUsage event = read("""
				{"name":"a","attrs":{"success":true,"duration_ms":1,"plan":"x","n":2},"sampling_rate":0.01}
				{"name":"a","attrs":{"success":false,"error":"E","duration_ms":9,"plan":"y","n":50},"sampling_rate":1}
				""", ReportQuery.parse(null, null, List.of(), "plan", "n")).events().get(0);
		assertThat(event.successRate()).isEqualTo(100 / 101.0);
		assertThat(event.durations()).isEqualTo(new DurationSummary(2, 1, 109 / 101.0, 1, 1, 1, 9));
		assertThat(event.total()).isEqualTo(250);
		assertThat(event.groups()).extracting(GroupUsage::value, GroupUsage::share)
			.containsExactly(tuple("x", 0.8), tuple("y", 0.2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-02-30T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-01T24:00:00Z",
			"2026-01-01T00:60:00Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.1234567891Z", "2026-01-01 00:00:00Z",
			"2026-01-01T00:00:00+00:00", "\u0662026-01-01T00:00:00Z", "2026-01-01T00:00:00", "" })
	void whatIsNoTimeIsNoDay(String time) throws IOException {
		UsageReport report = read("{\"name\":\"a\",\"timestamp_utc\":\"" + time + "\",\"attrs\":{}}");
		assertThat(report.first()).isNull();
		assertThat(report.events().get(0).days()).isEmpty();
		assertThat(EventTime.parse("2024-02-29T23:59:59.000000001Z")).isNotNull();
	}

	/** Names and values of a log are untrusted, in whatever the report is written. */
	@ParameterizedTest
	@ValueSource(strings = { "<script>alert(1)</script>", "\" onload=\"x", "&amp;", "\u202etxt.exe", "\u001b[2J",
			"\r\nX: y", "=HYPERLINK(\"https://example.com\")", "+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1",
			"\u200b=1", " =1", "\uff1d1", "a,\"b\"", "a\u2028b", "\ud800" })
	void hostileTextStaysText(String hostile) throws IOException {
		String json = hostile.chars()
			.mapToObj((c) -> String.format(Locale.ROOT, "\\u%04x", c))
			.collect(Collectors.joining());
		String line = """
				{"name":"%1$s","timestamp_utc":"2026-11-20T10:00:00Z","attrs":{"error":"%1$s","%1$s":"%1$s"}}
				""".formatted(json);
		UsageReport report = read(line, ReportQuery.parse(null, null, List.of(), hostile, null));
		if (hostile.equals("\ud800")) {
			assertThat(report.skipped()).isOne();
			return;
		}
		assertThat(report.events().get(0).groups()).singleElement().extracting(GroupUsage::value).isEqualTo(hostile);
		for (ReportFormat format : ReportFormat.values()) {
			String written = format.write(report, true);
			assertThat(written.codePoints().filter((c) -> c != '\n' && (c != '\r' || format != ReportFormat.CSV)))
				.as(format.name())
				.noneMatch((c) -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
						|| Character.getType(c) == Character.LINE_SEPARATOR);
		}
		assertThat(ReportFormat.HTML.write(report, false)).doesNotContain("<script", "\" onload", "&amp;\"")
			.contains("default-src 'none'");
		assertThat(ReportFormat.CSV.write(report, false).lines()).allSatisfy((row) -> assertThat(row).matches(
				"[a-z0-9_,]+|(\"(?![ ]*[=+@\\\\\uff1d-])([^\"]|\"\")*\"|[a-z0-9.]*)(,(\"(?![ ]*[=+@\\\\\uff1d-])([^\"]|\"\")*\"|[a-z0-9.-]*))*"));
	}

	private UsageReport read(String lines) throws IOException {
		return read(lines, ReportQuery.ALL);
	}

	private UsageReport read(String lines, ReportQuery query) throws IOException {
		return UsageReport.read(List.of(Files.writeString(this.directory.resolve("telemetry.log"), lines)), query,
				ReportProgress.NONE);
	}

}
