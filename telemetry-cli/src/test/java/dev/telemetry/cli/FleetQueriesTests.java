package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The queries of {@code examples/fleet} ask what those of {@code docs/analysis} ask: in
 * DuckDB, for they use only what it has in common with ClickHouse.
 */
class FleetQueriesTests {

	private static final Path FLEET = Path.of("..", "examples", "fleet");

	private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+):(String|UInt32)\\}");

	private final Map<String, String> parameters = new LinkedHashMap<>();

	@TempDir
	private Path directory;

	private Duck duck;

	@BeforeEach
	void open() throws SQLException {
		this.duck = new Duck();
		set("event", "order.placed");
		set("attribute", "payment");
		set("minimum", "1");
		set("first", RecordedShop.STEPS.get(0));
		set("second", RecordedShop.STEPS.get(1));
		set("third", RecordedShop.STEPS.get(2));
		this.duck.set("event", "order.placed")
			.set("attribute", "payment")
			.set("minimum", 1)
			.set("steps", RecordedShop.STEPS);
	}

	@AfterEach
	void close() throws SQLException {
		this.duck.close();
	}

	@ParameterizedTest
	@EnumSource
	void rowsAreThoseOfTheAnalysis(AnalysisTests.Source source) throws Exception {
		for (String file : List.of("counts.sql", "weekly-trend.sql", "shares.sql", "success-by-version.sql",
				"funnel.sql")) {
			source.load(this.duck, this.directory);
			List<Map<String, Object>> expected = this.duck.run(file);
			assertThat(expected).as(file).hasSizeGreaterThan(1);
			assertSame(file, run(file), expected);
		}
	}

	/** A control: values of few installations are not told, as there. */
	@Test
	void minimumIsThatOfTheAnalysis() throws Exception {
		AnalysisTests.Source.LOG.load(this.duck, this.directory);
		int all = this.duck.run("shares.sql").size();
		set("minimum", "6");
		List<Map<String, Object>> expected = this.duck.set("minimum", 6).run("shares.sql");
		assertThat(expected).hasSizeLessThan(all);
		assertSame("shares.sql", run("shares.sql"), expected);
		set("minimum", "1000000");
		assertThat(run("shares.sql")).isEmpty();
	}

	@Test
	void everyQueryIsRunAndIsAPanel() throws IOException, SQLException {
		List<String> asked = this.duck.set("dashboard", FLEET.resolve("dashboard.json"))
			.query("SELECT unnest(json_extract_string(content, '$.panels[*].targets[0].rawSql')) AS asked"
					+ " FROM read_text(getvariable('dashboard'))")
			.stream()
			.map((row) -> (String) row.get("asked"))
			.toList();
		List<String> files = new ArrayList<>();
		List<String> written = new ArrayList<>();
		try (Stream<Path> queries = Files.list(FLEET.resolve("queries"))) {
			for (Path query : queries.toList()) {
				files.add(query.getFileName().toString());
				written.add(PARAMETER.matcher(Files.readString(query).strip())
					.replaceAll((match) -> match.group(2).equals("String") ? "\\${" + match.group(1) + ":sqlstring}"
							: "\\${" + match.group(1) + ":raw}"));
			}
		}
		assertThat(asked).containsExactlyInAnyOrderElementsOf(written);
		assertThat(new TreeSet<>(files)).containsExactly("counts.sql", "funnel.sql", "shares.sql",
				"success-by-version.sql", "weekly-trend.sql");
	}

	private void set(String name, String value) {
		this.parameters.put(name, value);
	}

	private List<Map<String, Object>> run(String file) throws IOException, SQLException {
		this.duck.query("CREATE OR REPLACE TEMP TABLE arrived AS SELECT * FROM events");
		this.duck.query("DROP TABLE events");
		this.duck.query("CREATE TEMP TABLE events AS SELECT * REPLACE (CAST(attrs AS MAP(VARCHAR, VARCHAR)) AS attrs)"
				+ " FROM arrived");
		try {
			return this.duck.query(PARAMETER.matcher(Files.readString(FLEET.resolve("queries").resolve(file)))
				.replaceAll((match) -> literal(match.group(2), this.parameters.getOrDefault(match.group(1), ""))));
		}
		finally {
			this.duck.query("CREATE OR REPLACE TEMP TABLE events AS SELECT * FROM arrived");
		}
	}

	private static String literal(String type, String value) {
		return type.equals("String") ? "'" + value + "'" : value;
	}

	private static void assertSame(String file, List<Map<String, Object>> actual, List<Map<String, Object>> expected) {
		assertThat(actual).as(file).hasSameSizeAs(expected);
		for (int i = 0; i < expected.size(); i++) {
			Map<String, Object> row = actual.get(i);
			assertThat(row.keySet()).as(file).isEqualTo(expected.get(i).keySet());
			expected.get(i).forEach((column, value) -> {
				if (value instanceof Double number) {
					assertThat(((Number) Objects.requireNonNull(row.get(column))).doubleValue()).as(file + " " + column)
						.isCloseTo(number, within(1e-9));
				}
				else {
					assertThat(row.get(column)).as(file + " " + column)
						.usingComparator(FleetQueriesTests::compare)
						.isEqualTo(value);
				}
			});
		}
	}

	/** A number is a number, whatever its type. */
	private static int compare(Object left, Object right) {
		if (left instanceof Number one && right instanceof Number other) {
			return Long.compare(one.longValue(), other.longValue());
		}
		return String.valueOf(left).compareTo(String.valueOf(right));
	}

}
