package dev.telemetry.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.LineBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was written while a clock was wrong ages like everything else: what is dated in
 * the future counts as new, once.
 */
@Tag("F-18")
class WrongClockTests {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private static final Instant FUTURE = Instant.parse("2100-01-01T00:00:00Z");

	private static final Duration DAY = Duration.ofDays(1);

	@TempDir
	private Path directory;

	@Test
	void logWhoseFirstLineIsFromTheFutureIsRotatedByASinkThatGoesOn() throws Exception {
		write("telemetry.log", NOW, line("future", FUTURE));
		Instant[] now = { NOW };
		FileSink sink = new FileSink(log(), LogRotation.DEFAULT, () -> now[0]);
		sink.emit(event("first", now[0]));
		now[0] = NOW.plus(Duration.ofDays(6));
		sink.emit(event("second", now[0]));
		sink.close();
		assertThat(names("telemetry.log.1")).containsExactly("future", "first");
		assertThat(names("telemetry.log")).containsExactly("second");
	}

	@Test
	void logWhoseFirstLineIsFromTheFutureIsRotatedByAnApplicationThatStartsEachDay() throws Exception {
		write("telemetry.log", NOW, line("future", FUTURE));
		for (int day = 0; day <= 6; day++) {
			Instant now = NOW.plus(DAY.multipliedBy(day));
			FileSink sink = new FileSink(log(), LogRotation.DEFAULT, () -> now);
			sink.emit(event("day." + day, now));
			sink.close();
			Files.setLastModifiedTime(log(), FileTime.from(now));
		}
		assertThat(names("telemetry.log.1")).startsWith("future", "day.0");
		assertThat(names("telemetry.log")).containsExactly("day.6");
	}

	@Test
	void logThatIsFromTheFutureAltogetherGoesThoughNobodyWrites() throws Exception {
		write("telemetry.log", FUTURE, line("future", FUTURE), line("future.too", FUTURE.plusSeconds(1)));
		write("telemetry.log.1", FUTURE, line("rotated", FUTURE));
		LocalLog log = new LocalLog(log());
		for (int day = 0; day <= 29; day++) {
			log.expire(LogRotation.DEFAULT, NOW.plus(DAY.multipliedBy(day)));
			if (day == 20) {
				assertThat(everything()).contains("future", "rotated");
			}
		}
		log.expire(LogRotation.DEFAULT, NOW.plus(DAY.multipliedBy(30)));
		assertThat(everything()).doesNotContain("future", "rotated");
	}

	@Test
	void rotatedFileOfTheFutureGoesWithTheNextStart() throws Exception {
		write("telemetry.log.1", FUTURE, line("rotated", FUTURE));
		for (Instant now : List.of(NOW, NOW.plus(Duration.ofDays(31)))) {
			FileSink sink = new FileSink(log(), LogRotation.DEFAULT, () -> now);
			sink.emit(event("today", now));
			sink.close();
		}
		assertThat(everything()).doesNotContain("rotated");
	}

	@Test
	void lineFromTheFutureIsAsOldAsTheNextOneThatIsNot() throws Exception {
		Map<String, LineRetention> rules = Map.of("short", new LineRetention(DAY, false), "archived",
				new LineRetention(DAY, true));
		write("telemetry.log", NOW, line("short", FUTURE), line("other", FUTURE), line("archived", FUTURE),
				line("short", NOW.minus(Duration.ofDays(3))), line("short", FUTURE), line("other", NOW));
		new LocalLog(log()).retain(rules, NOW);
		assertThat(names("telemetry.log")).containsExactly("other", "short", "other");
		assertThat(names("telemetry-archive.jsonl")).containsExactly("archived");
	}

	@Test
	void clockThatIsBeforeTheBuildErasesNothingAndMakesNothingYounger() throws Exception {
		write("telemetry.log", NOW, line("today", NOW));
		write("telemetry.log.1", NOW.minus(Duration.ofDays(20)), line("older", NOW.minus(Duration.ofDays(22))));
		LocalLog log = new LocalLog(log());
		// What a clock of 1970 shows with the build as its floor
		Instant built = NOW.minus(Duration.ofDays(60));
		log.expire(LogRotation.DEFAULT, built);
		assertThat(everything()).contains("today", "older");
		log.expire(LogRotation.DEFAULT, NOW.plus(Duration.ofDays(31)));
		assertThat(everything()).doesNotContain("older");
	}

	private Path log() {
		return this.directory.resolve("telemetry.log");
	}

	private void write(String name, Instant modified, String... lines) throws IOException {
		Path file = Files.writeString(this.directory.resolve(name), String.join("", lines));
		Files.setLastModifiedTime(file, FileTime.from(modified));
	}

	private static Event event(String name, Instant timestamp) {
		return Event.builder(name).timestamp(timestamp).build();
	}

	private static String line(String name, Instant timestamp) {
		LineBuffer line = new LineBuffer(256);
		EventCodec.json().encode(event(name, timestamp), line);
		byte[] bytes = new byte[line.length()];
		line.view().get(bytes);
		return new String(bytes, StandardCharsets.US_ASCII);
	}

	private List<String> names(String file) throws IOException {
		Path path = this.directory.resolve(file);
		List<String> names = new ArrayList<>();
		for (String line : Files.exists(path) ? Files.readAllLines(path) : List.<String>of()) {
			byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
			names.add(EventCodec.json().decode(bytes, 0, bytes.length).name());
		}
		return names;
	}

	private List<String> everything() throws IOException {
		List<String> all = new ArrayList<>();
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.filter((path) -> !path.toString().endsWith(".lock")).toList()) {
				all.addAll(names(String.valueOf(file.getFileName())));
			}
		}
		return all;
	}

}
