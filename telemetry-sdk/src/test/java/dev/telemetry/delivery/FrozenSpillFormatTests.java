package dev.telemetry.delivery;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.sdk.Golden;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A file of the spill is as it was, and what an earlier version spilled is delivered. */
class FrozenSpillFormatTests {

	private static final List<Event> EVENTS = List.of(
			Event.builder("order.placed")
				.id(UUID.fromString("019aa000-0000-7abc-8def-0123456789ab"))
				.type("feature.used")
				.origin(new EventOrigin("demo-app", "1.0.0", "ab".repeat(32), "cd".repeat(16), "linux", "amd64", "17"))
				.timestamp(Instant.parse("2026-11-21T03:00:00.123Z"))
				.samplingRate(0.25)
				.attribute("items", 3)
				.attribute("duration_ms", 12.5)
				.attribute("success", true)
				.attribute("who", "Zo\u00eb \"\\\u2028\ud83d\ude00")
				.build(),
			Event.builder("report.opened")
				.id(UUID.fromString("019aa000-0000-7abc-8def-0123456789ac"))
				.origin(EventOrigin.of("demo-app", "unknown"))
				.timestamp(Instant.parse("2026-11-21T03:00:01Z"))
				.build());

	private final SpillFormat format = new SpillFormat();

	@Test
	void fileIsWrittenAsItWas() {
		Golden.assertSame("spill.batch", this.format.write(SpillFixture.GRANT, EVENTS, 0).content());
	}

	@Test
	void fileOfThenIsRead() {
		byte[] file = Golden.read("spill.batch");
		assertThat(this.format.read(file, SpillFixture.GRANT::equals)).isEqualTo(EVENTS);
		assertThat(this.format.read(file, "f".repeat(32)::equals)).as("the control: another grant").isEmpty();
	}

}
