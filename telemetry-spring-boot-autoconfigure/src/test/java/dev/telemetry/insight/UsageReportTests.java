package dev.telemetry.insight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
		assertThat(b.days()).containsExactly(Map.entry("2026-11-20", 1L), Map.entry("2026-11-21", 3L));
		assertThat(b.errors()).containsExactly(Map.entry("B", 2L), Map.entry("A", 1L));
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
		assertThatExceptionOfType(NoSuchFileException.class)
			.isThrownBy(() -> UsageReport.read(List.of(this.directory.resolve("telemetry.log"))));
	}

	private UsageReport read(String lines) throws IOException {
		return UsageReport.read(List.of(Files.writeString(this.directory.resolve("telemetry.log"), lines)));
	}

}
