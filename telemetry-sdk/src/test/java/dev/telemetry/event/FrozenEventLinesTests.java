package dev.telemetry.event;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.telemetry.sdk.Golden;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Lines of the local log are as they were; the HTTP sink sends the same. */
class FrozenEventLinesTests {

	private static final EventOrigin ORIGIN = new EventOrigin("demo-app", "1.0.0", "ab".repeat(32), "cd".repeat(16),
			"linux", "amd64", "17");

	private static final List<Event> EVENTS = List.of(
			event("order.placed", 1).type("feature.used")
				.origin(ORIGIN)
				.attribute("items", 3)
				.attribute("duration_ms", 12.5)
				.attribute("success", true)
				.attribute("plan", "free")
				.build(),
			event("order.failed", 2).origin(ORIGIN)
				.samplingRate(0.25)
				.attribute("text", "a\"\\/\n\u0000\u001b\u007f\u0085\u2029\uFEFF\u202E\uD83D\uDE00b")
				.attribute("k\u2028", "")
				.build(),
			event("numbers", 3).origin(EventOrigin.of("demo-app", "unknown"))
				.attribute("whole", 12.0)
				.attribute("tiny", -0.0001)
				.attribute("large", 1e300)
				.attribute("min", Long.MIN_VALUE)
				.attribute("zero", 0)
				.build(),
			event("bare", 4).build());

	private final EventCodec codec = EventCodec.json();

	@Test
	void linesAreWrittenAsTheyWere() {
		LineBuffer lines = new LineBuffer(1024);
		EVENTS.forEach((event) -> this.codec.encode(event, lines));
		Golden.assertSame("events.jsonl", lines.toByteArray());
	}

	@Test
	void linesOfThenAreRead() throws IOException {
		byte[] content = Golden.read("events.jsonl");
		List<Event> read = new ArrayList<>();
		for (int start = 0, end = 0; start < content.length; start = end + 1) {
			for (end = start; content[end] != '\n';) {
				end++;
			}
			read.add(this.codec.decode(content, start, end - start));
		}
		assertThat(read).isEqualTo(EVENTS);
	}

	private static Event.Builder event(String name, int number) {
		return Event.builder(name)
			.id(UUID.fromString("019aa000-0000-7abc-8def-00000000000" + number))
			.timestamp(Instant.parse("2026-11-21T03:00:00.123Z").plusSeconds(number));
	}

}
