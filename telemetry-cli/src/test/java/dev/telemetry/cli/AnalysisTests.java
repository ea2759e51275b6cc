package dev.telemetry.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.insight.EventUsage;
import dev.telemetry.insight.GroupUsage;
import dev.telemetry.insight.ReportProgress;
import dev.telemetry.insight.ReportQuery;
import dev.telemetry.insight.UsageReport;
import dev.telemetry.sdk.ProcessOutput;
import dev.telemetry.sdk.RealCollector;
import dev.telemetry.sdk.Requirement;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.otlp.OtlpResource;
import dev.telemetry.sink.otlp.OtlpSettings;
import dev.telemetry.sink.otlp.OtlpSinkFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The queries of {@code docs/analysis}, over local logs and over what a Collector writes:
 * the same figures as those of {@code report}, or as a slow and simple count.
 */
class AnalysisTests {

	private static final double NOTHING = 1e-9;

	private static final int SESSIONS = 1000;

	private static final RecordedShop SHOP = new RecordedShop(16, SESSIONS);

	@TempDir
	private Path directory;

	private Duck duck;

	@BeforeEach
	void open() throws SQLException {
		this.duck = new Duck().set("event", "order.placed").set("attribute", "payment").set("minimum", 1);
	}

	@AfterEach
	void close() throws SQLException {
		this.duck.close();
	}

	@ParameterizedTest
	@EnumSource
	void countsAreThoseOfTheReport(Source source) throws Exception {
		source.load(this.duck, this.directory);
		List<Map<String, Object>> rows = this.duck.run("counts.sql");
		List<EventUsage> events = report(null).events();
		assertThat(rows).hasSameSizeAs(events).hasSize(4);
		for (int i = 0; i < rows.size(); i++) {
			EventUsage event = events.get(i);
			assertThat(rows.get(i)).containsEntry("name", event.name()).containsEntry("count", event.count());
			assertThat(number(rows.get(i), "estimated")).isCloseTo(event.estimated(), within(NOTHING));
			assertSame(rows.get(i).get("success_rate"), event.successRate());
		}
		// A control: sampling and outcomes are in it
		assertThat(events).anyMatch((event) -> event.estimated() == 8.0 * event.count())
			.anyMatch((event) -> event.successRate() != null);
	}

	@ParameterizedTest
	@EnumSource
	void weeksAreTheDaysOfTheReport(Source source) throws Exception {
		source.load(this.duck, this.directory);
		Map<String, Map<LocalDate, Double>> weeks = new TreeMap<>();
		report(null).events()
			.forEach((event) -> event.days()
				.forEach((day, estimated) -> weeks.computeIfAbsent(event.name(), (name) -> new TreeMap<>())
					.merge(LocalDate.parse(day).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), estimated,
							Double::sum)));
		Map<String, Map<LocalDate, Double>> found = new TreeMap<>();
		Double before = null;
		for (Map<String, Object> row : this.duck.run("weekly-trend.sql")) {
			Map<LocalDate, Double> ofEvent = found.computeIfAbsent((String) row.get("name"), (name) -> new TreeMap<>());
			double estimated = number(row, "estimated");
			assertSame(row.get("change"), ofEvent.isEmpty() ? null : Double.valueOf(estimated / before - 1));
			ofEvent.put((LocalDate) row.get("week"), estimated);
			before = estimated;
		}
		assertThat(found).isEqualTo(weeks);
		assertThat(found.get("order.placed")).hasSizeGreaterThanOrEqualTo(4);
	}

	@ParameterizedTest
	@EnumSource
	void sharesAreThoseOfTheReport(Source source) throws Exception {
		source.load(this.duck, this.directory);
		List<Map<String, Object>> rows = this.duck.run("shares.sql");
		List<GroupUsage> groups = groups("payment");
		assertThat(rows).hasSameSizeAs(groups).hasSize(3);
		for (int i = 0; i < rows.size(); i++) {
			GroupUsage group = groups.get(i);
			assertThat(rows.get(i)).containsEntry("value", group.value()).containsEntry("count", group.count());
			assertSame(rows.get(i).get("share"), group.share());
		}
	}

	/** Few installations have the third payment. */
	@ParameterizedTest
	@EnumSource
	void sharesOfFewInstallationsAreNotTold(Source source) throws Exception {
		source.load(this.duck, this.directory);
		String rare = RecordedShop.RARE;
		long few = SHOP.events()
			.stream()
			.filter((event) -> event.name().equals("order.placed") && rare.equals(event.attribute("payment")))
			.map(Event::machineId)
			.distinct()
			.count();
		assertThat(few).isBetween(1L, 5L);
		assertThat(values(this.duck.set("minimum", few).run("shares.sql"))).containsExactly("card", "invoice", rare);
		assertThat(values(this.duck.set("minimum", few + 1).run("shares.sql"))).containsExactly("card", "invoice");
		assertThat(values(this.duck.set("minimum", 1000).run("shares.sql"))).isEmpty();
	}

	/** Rare values are one row together, if together they are of enough installations. */
	@Test
	void rareValuesAreOneRow() throws Exception {
		Source.LOG.load(this.duck, this.directory);
		List<Map<String, Object>> rows = this.duck.set("attribute", "items").set("minimum", 41).run("shares.sql");
		assertThat(rows).isEmpty();
		this.duck.query("CREATE OR REPLACE TEMP TABLE events AS SELECT * REPLACE (CASE WHEN machine_id LIKE '%0' THEN"
				+ " '{\"items\":0}' ELSE json_object('items', machine_id) END AS attrs) FROM events");
		assertThat(values(this.duck.set("minimum", 3).run("shares.sql"))).containsExactlyInAnyOrder("0", "(fewer)");
	}

	@ParameterizedTest
	@EnumSource
	void successByVersionIsThatOfASlowAndSimpleCount(Source source) throws Exception {
		source.load(this.duck, this.directory);
		Map<String, double[]> counted = new TreeMap<>();
		Map<String, Set<String>> installations = new HashMap<>();
		for (Event event : SHOP.events()) {
			if (event.attribute("success") instanceof Boolean success) {
				double[] counts = counted.computeIfAbsent(event.toolVersion(), (version) -> new double[2]);
				counts[0]++;
				counts[1] += success ? 1 : 0;
				installations.computeIfAbsent(event.toolVersion(), (version) -> new HashSet<>())
					.add(String.valueOf(event.machineId()));
			}
		}
		List<Map<String, Object>> rows = this.duck.run("success-by-version.sql");
		assertThat(rows.stream().map((row) -> row.get("tool_version"))).containsExactlyElementsOf(counted.keySet());
		for (Map<String, Object> row : rows) {
			double[] counts = counted.get(row.get("tool_version"));
			assertThat(row).containsEntry("count", (long) counts[0])
				.containsEntry("installations", (long) installations.get(row.get("tool_version")).size());
			assertThat(number(row, "success_rate")).isCloseTo(counts[1] / counts[0], within(NOTHING));
		}
		// Half of the installations have 1.1.0
		assertThat(this.duck.set("minimum", 15)
			.run("success-by-version.sql")
			.stream()
			.map((row) -> row.get("tool_version"))).containsExactly("1.1.0");
	}

	@ParameterizedTest
	@EnumSource
	void funnelIsThatOfASlowAndSimpleCount(Source source) throws Exception {
		source.load(this.duck, this.directory);
		Map<String, Set<String>> bySession = new HashMap<>();
		SHOP.events()
			.forEach((event) -> bySession
				.computeIfAbsent(String.valueOf(event.sessionId()), (session) -> new HashSet<>())
				.add(event.name()));
		List<Map<String, Object>> rows = this.duck.set("steps", RecordedShop.STEPS).run("funnel.sql");
		assertThat(rows).hasSize(3);
		for (int i = 0; i < 3; i++) {
			Collection<String> steps = RecordedShop.STEPS.subList(0, i + 1);
			long sessions = bySession.values().stream().filter((names) -> names.containsAll(steps)).count();
			assertThat(rows.get(i)).containsEntry("name", RecordedShop.STEPS.get(i))
				.containsEntry("sessions", sessions);
			assertThat(number(rows.get(i), "share")).isCloseTo((double) sessions / SESSIONS, within(NOTHING));
		}
		// The other way round nobody gets anywhere
		assertThat(this.duck.set("steps", List.of("order.placed", "cart.opened")).run("funnel.sql")).hasSize(1);
	}

	/**
	 * The exporter of the real Collector, to which the real sink has sent each batch
	 * twice.
	 */
	@Test
	void whatARealCollectorWritesIsRead() throws Exception {
		RealCollector.require();
		int port = Receiver.freePort();
		OtlpSettings settings = OtlpSettings.of(URI.create("http://localhost:" + port + "/v1/logs"), OtlpSignal.LOGS,
				OtlpResource.of("shop"));
		Path requests = this.directory.resolve("real.jsonl");
		TelemetrySink sink = new OtlpSinkFactory(settings, TlsSource.JAVA)
			.create(new SinkSession(EventOrigin.of("shop", "1"), "config"));
		try (RealCollector collector = RealCollector.start(this.directory, port)) {
			for (int i = 0; i < SHOP.events().size(); i += 500) {
				List<Event> batch = SHOP.events().subList(i, Math.min(i + 500, SHOP.events().size()));
				sink.emitAll(batch);
				sink.emitAll(batch);
			}
			Files.write(requests, collector.lines());
		}
		Source.LOG.load(this.duck, this.directory);
		List<Map<String, Object>> expected = this.duck.run("counts.sql");
		List<Map<String, Object>> shares = this.duck.run("shares.sql");
		this.duck.set("requests", List.of(requests.toString())).run("collector.sql");
		assertThat(this.duck.run("counts.sql")).isEqualTo(expected);
		assertThat(this.duck.run("shares.sql")).isEqualTo(shares);
	}

	/** What is between {@code console} fences, as a shell would run it. */
	@Test
	void commandsOfThePageSayWhatThePageShows() throws Exception {
		Requirement.jq();
		Files.writeString(this.directory.resolve("telemetry.log"),
				"""
						{"id":"1","name":"order.placed","timestamp_utc":"2026-11-20T10:00:00.000Z","attrs":{"success":true}}
						{"id":"2","name":"order.placed","timestamp_utc":"2026-11-20T10:00:09.000Z","attrs":{"success":false,"error":"TimeoutException"}}
						{"id":"2","name":"order.placed","timestamp_utc":"2026-11-20T10:00:09.000Z","attrs":{"success":false,"error":"TimeoutException"}}
						{"id":"3","name":"app.started","timestamp_utc":"2026-11-21T09:00:00.000Z","attrs":{},"sampling_rate":0.1}
						""");
		String page = Files.readString(Duck.QUERIES.resolve("README.md"));
		List<String> examples = Pattern.compile("(?s)```console\n(.*?)```")
			.matcher(page)
			.results()
			.map((match) -> match.group(1))
			.toList();
		assertThat(examples).hasSizeGreaterThanOrEqualTo(4);
		for (String example : examples) {
			String[] parts = example.split("\n", 2);
			assertThat(shell(parts[0].substring(2))).as(parts[0]).isEqualTo(parts[1]);
		}
	}

	private String shell(String command) throws Exception {
		Process process = new ProcessBuilder("sh", "-c", command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.start();
		ProcessOutput output = new ProcessOutput(command, process);
		StringBuilder text = new StringBuilder();
		for (String line = output.line(); line != null; line = output.line()) {
			text.append(line).append('\n');
		}
		return text.toString();
	}

	@Test
	void everyQueryIsTestedHere() throws IOException {
		String tests = Files.readString(Path.of("src/test/java/dev/telemetry/cli/AnalysisTests.java"));
		Set<String> untested = new TreeSet<>();
		try (Stream<Path> files = Files.list(Duck.QUERIES)) {
			files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".sql") && !tests.contains("run(\"" + name + "\")"))
				.forEach(untested::add);
		}
		assertThat(untested).isEmpty();
	}

	private UsageReport report(@Nullable String by) throws IOException {
		Path log = SHOP.log(Files.createDirectories(this.directory.resolve("reported")));
		return UsageReport.read(List.of(log), ReportQuery.parse(null, null, List.of(), by, null), ReportProgress.NONE);
	}

	private List<GroupUsage> groups(String by) throws IOException {
		return report(by).events()
			.stream()
			.filter((event) -> event.name().equals("order.placed"))
			.findFirst()
			.orElseThrow()
			.groups();
	}

	private static List<String> values(List<Map<String, Object>> rows) {
		return rows.stream().map((row) -> (String) row.get("value")).toList();
	}

	private static double number(Map<String, Object> row, String column) {
		return ((Number) row.get(column)).doubleValue();
	}

	private static void assertSame(@Nullable Object actual, @Nullable Double expected) {
		if (expected == null) {
			assertThat(actual).isNull();
		}
		else {
			assertThat(((Number) Objects.requireNonNull(actual)).doubleValue()).isCloseTo(expected, within(NOTHING));
		}
	}

	/** Where the events come from. */
	enum Source {

		LOG {
			@Override
			void load(Duck duck, Path directory) throws IOException, SQLException {
				Path log = SHOP.log(directory);
				Files.writeString(directory.resolve("telemetry.log.2"), "{\"name\":\"torn\nno event\n"
						+ Files.readString(log).lines().findFirst().orElseThrow() + "\n");
				duck.set("logs", List.of(log.toString(), log + ".*")).run("local-log.sql");
			}
		},

		COLLECTOR {
			@Override
			void load(Duck duck, Path directory) throws IOException, SQLException {
				duck.set("requests", List.of(SHOP.requests(directory).toString())).run("collector.sql");
			}
		};

		abstract void load(Duck duck, Path directory) throws IOException, SQLException;

	}

}
