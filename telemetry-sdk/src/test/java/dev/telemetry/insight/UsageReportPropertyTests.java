package dev.telemetry.insight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.telemetry.insight.SlowCount.Line;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Reports of random logs say, in each format, what a slow and simple count says; with so
 * little room for durations that the log has to be read several times, too.
 */
class UsageReportPropertyTests {

	private static final List<String> VALUES = List.of("contracts", "plan", "=1+1", "<b>", "other");

	@Property(tries = 300)
	void jsonIsTheSlowCount(@ForAll("logs") List<Line> log, @ForAll("queries") ReportQuery query,
			@ForAll("room") int slots) throws IOException {
		JsonNode report = JsonMapper.shared().readTree(ReportFormat.JSON.write(read(log, query, slots), false));
		SlowCount all = SlowCount.of(log, query);
		assertThat(names(report.get("events"), "name")).isEqualTo(List.copyOf(all.by(Line::name).keySet()));
		report.get("events").forEach((event) -> {
			SlowCount slow = all.where((line) -> line.name().equals(event.get("name").stringValue()));
			figures(event, slow, query);
			counts(event.get("days"), slow.by(Line::day));
			counts(event.get("errors"), slow.by(Line::error));
			if (query.by() == null) {
				assertThat(event.has("groups")).isFalse();
				return;
			}
			Map<String, SlowCount> groups = groups(slow);
			assertThat(event.get("groups")).hasSize(groups.size());
			event.get("groups").forEach((group) -> {
				SlowCount part = groups.get(group.has("value") ? "group " + group.get("value").stringValue()
						: group.get("kind").stringValue());
				figures(group, part, query);
				assertThat(number(group.get("share"))).isEqualTo(share(part, slow, query));
			});
		});
	}

	@Property(tries = 300)
	void csvIsTheSlowCount(@ForAll("logs") List<Line> log, @ForAll("queries") ReportQuery query,
			@ForAll("room") int slots) throws IOException {
		List<List<String>> rows = csv(ReportFormat.CSV.write(read(log, query, slots), false));
		List<List<String>> expected = new ArrayList<>();
		SlowCount.of(log, query).by(Line::name).forEach((name, slow) -> {
			expected.add(csvRow(name, "event", "", slow, query, null));
			slow.by(Line::day).forEach((day, part) -> expected.add(csvCount(name, "day", day, part)));
			slow.by(Line::error).forEach((error, part) -> expected.add(csvCount(name, "error", error, part)));
			if (query.by() != null) {
				groups(slow).forEach((group, part) -> {
					String[] words = group.split(" ", 2);
					String value = (words.length > 1) ? words[1] : "";
					expected.add(csvRow(name, words[0], value.startsWith("=") ? "'" + value : value, part, query,
							share(part, slow, query)));
				});
			}
		});
		// The mean is compared in JSON, where it need not be the same to the last digit
		rows.forEach((row) -> row.set(10, ""));
		assertThat(rows.subList(1, rows.size())).containsExactlyInAnyOrderElementsOf(expected);
	}

	@Property(tries = 200)
	void textAndPageAreTheSlowCount(@ForAll("logs") List<Line> log, @ForAll("queries") ReportQuery query,
			@ForAll("room") int slots) throws IOException {
		UsageReport report = read(log, query, slots);
		List<String> text = ReportFormat.TEXT.write(report, true)
			.lines()
			.map((line) -> line.replaceAll(" +", " ").strip())
			.toList();
		List<List<String>> page = htmlRows(ReportFormat.HTML.write(report, false));
		SlowCount.of(log, query).by(Line::name).forEach((name, slow) -> {
			List<String> row = shown(name, slow, query);
			assertThat(page).contains(row);
			assertThat(text).contains(joined(row));
			slow.by(Line::day).forEach((day, part) -> {
				List<String> count = List.of(day, SlowCount.rounded(part.estimated().doubleValue(), 0));
				assertThat(page).contains(count);
				assertThat(text).anyMatch((line) -> line.startsWith(joined(count)));
			});
			if (query.by() != null) {
				groups(slow).forEach((key, part) -> {
					List<String> group = new ArrayList<>(
							shown(key.equals("without") ? "(none)" : key.substring("group ".length()), part, query));
					Double share = share(part, slow, query);
					group.add((share != null) ? SlowCount.rounded(share * 100, 1) + " %" : "");
					assertThat(page).contains(group);
					if (groups(slow).size() > 1 || !key.equals("without")) {
						assertThat(text).anyMatch((line) -> line.startsWith(joined(group)));
					}
				});
			}
		});
	}

	private static UsageReport read(List<Line> log, ReportQuery query, int slots) throws IOException {
		Path directory = Files.createTempDirectory("report");
		Path file = directory.resolve("telemetry.log");
		Path rotated = directory.resolve("telemetry.log.1");
		try {
			int half = log.size() / 2;
			Files.write(file, log.subList(half, log.size()).stream().map(Line::json).toList());
			Files.write(rotated, log.subList(0, half).stream().map(Line::json).toList());
			return UsageReport.read(List.of(file), query, ReportProgress.NONE, slots);
		}
		finally {
			Files.delete(file);
			Files.delete(rotated);
			Files.delete(directory);
		}
	}

	private static Map<String, SlowCount> groups(SlowCount slow) {
		Map<String, SlowCount> groups = new LinkedHashMap<>();
		slow.by(Line::groupText).forEach((value, part) -> groups.put("group " + value, part));
		SlowCount without = slow.where((line) -> line.group() == null);
		if (!without.isEmpty()) {
			groups.put("without", without);
		}
		return groups;
	}

	private static @Nullable Double share(SlowCount part, SlowCount all, ReportQuery query) {
		if (query.sum() == null) {
			return part.estimated().movePointRight(6).doubleValue() / all.estimated().movePointRight(6).doubleValue();
		}
		Double total = all.total();
		if (total == null || total <= 0 || all.hasNegative()) {
			return null;
		}
		return ((part.total() != null) ? part.total() : 0) / total;
	}

	private static void figures(JsonNode node, SlowCount slow, ReportQuery query) {
		assertThat(node.get("count").longValue()).isEqualTo(slow.count());
		assertThat(number(node.get("estimated"))).isEqualTo(slow.estimated().doubleValue());
		assertThat(number(node.get("succeeded"))).isEqualTo(slow.calls(true).doubleValue());
		assertThat(number(node.get("failed"))).isEqualTo(slow.calls(false).doubleValue());
		assertThat(number(node.get("successRate"))).isEqualTo(slow.successRate());
		assertThat(number(node.get("total"))).isEqualTo((query.sum() != null) ? slow.total() : null);
		List<Double> durations = slow.durations();
		if (durations.isEmpty()) {
			assertThat(node.has("durations")).isFalse();
			return;
		}
		JsonNode shown = node.get("durations");
		assertThat(shown.get("count").longValue()).isEqualTo(durations.size());
		assertThat(number(shown.get("p50"))).isEqualTo(slow.percentile("0.5"));
		assertThat(number(shown.get("p90"))).isEqualTo(slow.percentile("0.9"));
		assertThat(number(shown.get("p99"))).isEqualTo(slow.percentile("0.99"));
		assertThat(number(shown.get("min"))).isEqualTo(Collections.min(durations) + 0.0);
		assertThat(number(shown.get("max"))).isEqualTo(Collections.max(durations) + 0.0);
		SlowCount measured = slow.where((line) -> line.duration() != null);
		double sum = measured.by((line) -> String.valueOf(line.duration()))
			.entrySet()
			.stream()
			.mapToDouble((one) -> Double.parseDouble(one.getKey()) * one.getValue().estimated().doubleValue())
			.sum();
		double mean = sum / measured.estimated().doubleValue();
		assertThat(number(shown.get("mean"))).isCloseTo(mean, within(1e-9 * Math.max(1, mean)));
	}

	private static void counts(JsonNode shown, Map<String, SlowCount> counts) {
		Map<String, @Nullable Double> found = new LinkedHashMap<>();
		shown.properties().forEach((entry) -> found.put(entry.getKey(), number(entry.getValue())));
		Map<String, Double> expected = new LinkedHashMap<>();
		counts.forEach((name, part) -> expected.put(name, part.estimated().doubleValue()));
		assertThat(found).isEqualTo(expected);
	}

	private static @Nullable Double number(@Nullable JsonNode node) {
		return (node != null) ? Double.valueOf(node.doubleValue()) : null;
	}

	private static List<String> names(JsonNode array, String field) {
		List<String> names = new ArrayList<>();
		array.forEach((entry) -> names.add(entry.get(field).stringValue()));
		return names;
	}

	private static List<String> csvRow(String name, String of, String value, SlowCount slow, ReportQuery query,
			@Nullable Double share) {
		List<Double> durations = slow.durations();
		Function<@Nullable Double, String> plain = (number) -> (number != null) ? SlowCount.plain(number) : "";
		return List.of(name, of, value, String.valueOf(slow.count()), SlowCount.plain(slow.estimated().doubleValue()),
				SlowCount.plain(slow.calls(true).doubleValue()), SlowCount.plain(slow.calls(false).doubleValue()),
				plain.apply(slow.successRate()), durations.isEmpty() ? "" : String.valueOf(durations.size()),
				durations.isEmpty() ? "" : SlowCount.plain(Collections.min(durations)), "",
				plain.apply(slow.percentile("0.5")), plain.apply(slow.percentile("0.9")),
				plain.apply(slow.percentile("0.99")),
				durations.isEmpty() ? "" : SlowCount.plain(Collections.max(durations)),
				(query.sum() != null) ? plain.apply(slow.total()) : "", plain.apply(share));
	}

	private static List<String> csvCount(String name, String of, String value, SlowCount slow) {
		List<String> row = new ArrayList<>(Collections.nCopies(17, ""));
		row.set(0, name);
		row.set(1, of);
		row.set(2, value);
		row.set(4, SlowCount.plain(slow.estimated().doubleValue()));
		return row;
	}

	private static List<List<String>> csv(String document) {
		List<List<String>> rows = new ArrayList<>();
		for (String line : document.split("\r\n")) {
			List<String> row = new ArrayList<>();
			Matcher cells = Pattern.compile("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))").matcher(line);
			while (cells.find()) {
				row.add((cells.group(1) != null) ? cells.group(1).replace("\"\"", "\"") : cells.group(2));
			}
			rows.add(row);
		}
		return rows;
	}

	private static List<String> shown(String name, SlowCount slow, ReportQuery query) {
		Function<@Nullable Double, String> millis = (number) -> (number != null) ? SlowCount.rounded(number, 3) : "";
		List<Double> durations = slow.durations();
		Double rate = slow.successRate();
		List<String> row = new ArrayList<>(List.of(name, String.valueOf(slow.count()),
				SlowCount.rounded(slow.estimated().doubleValue(), 0),
				(rate != null) ? SlowCount.rounded(rate * 100, 1) + " %" : "", millis.apply(slow.percentile("0.5")),
				millis.apply(slow.percentile("0.9")), millis.apply(slow.percentile("0.99")),
				durations.isEmpty() ? "" : millis.apply(Collections.max(durations))));
		if (query.sum() != null) {
			Double total = slow.total();
			row.add((total == null) ? ""
					: (total == Math.rint(total)) ? SlowCount.plain(total) : SlowCount.rounded(total, 3));
		}
		return row;
	}

	private static String joined(List<String> cells) {
		return String.join(" ", cells.stream().filter((cell) -> !cell.isEmpty()).toList());
	}

	private static List<List<String>> htmlRows(String page) {
		List<List<String>> rows = new ArrayList<>();
		for (String row : page.split("<tr>")) {
			List<String> cells = new ArrayList<>();
			Matcher cell = Pattern.compile("<(?:th scope=\"row\"|td)>([^<]*)</").matcher(row);
			while (cell.find()) {
				cells.add(cell.group(1).replace("&lt;", "<").replace("&gt;", ">"));
			}
			rows.add(cells);
		}
		return rows;
	}

	@Provide
	Arbitrary<List<Line>> logs() {
		Arbitrary<Double> durations = Arbitraries.frequencyOf(
				Tuple.of(4, Arbitraries.integers().between(0, 50).map(Integer::doubleValue)),
				Tuple.of(4, Arbitraries.doubles().between(0, 1000).ofScale(6)),
				Tuple.of(1, Arbitraries.of(-0.0, 0.0, 1e12, 4.9e-324, 1e-7, 0.1)));
		Arbitrary<Double> numbers = Arbitraries.oneOf(Arbitraries.integers().between(0, 20).map(Integer::doubleValue),
				Arbitraries.doubles().between(0, 5).ofScale(2), Arbitraries.of(1e15, 1e-9, -3.0));
		Arbitrary<Object> groups = Arbitraries.oneOf(Arbitraries.of(VALUES), Arbitraries.of(true, 7L));
		Arbitrary<String> times = Combinators
			.combine(Arbitraries.integers().between(0, 3 * 86_400), Arbitraries.integers().between(0, 999))
			.as((second,
					milli) -> Instant.parse("2026-11-20T00:00:00Z").plusSeconds(second).plusMillis(milli).toString());
		return Combinators
			.combine(Arbitraries.of("order.placed", "app.started", "report.built"), times.injectNull(0.1),
					Arbitraries.of(1.0, 0.5, 0.3, 0.01, 1e-6).injectNull(0.6), durations.injectNull(0.2),
					Arbitraries.of(true, false).injectNull(0.3),
					Arbitraries.of("TimeoutException", "IOException").injectNull(0.6), groups.injectNull(0.2),
					numbers.injectNull(0.3))
			.as(Line::new)
			.list()
			.ofMaxSize(80);
	}

	@Provide
	Arbitrary<ReportQuery> queries() {
		return Combinators
			.combine(Arbitraries.of("2026-11-20T12:00:00Z", "2026-11-21T00:00:00Z").injectNull(0.6),
					Arbitraries.of("2026-11-22T00:00:00Z", "2026-11-22T12:00:00Z").injectNull(0.6),
					Arbitraries.of(Set.<String>of(), Set.of("order.placed"), Set.of("app.started", "report.built")),
					Arbitraries.of("plan").injectNull(0.3), Arbitraries.of("items").injectNull(0.4))
			.as((since, until, events, by, sum) -> ReportQuery.parse(since, until, events, by, sum));
	}

	/** None beyond the first few, and as much as is wanted. */
	@Provide
	Arbitrary<Integer> room() {
		return Arbitraries.of(Arrays.asList(0, 64, 1 << 20));
	}

}
