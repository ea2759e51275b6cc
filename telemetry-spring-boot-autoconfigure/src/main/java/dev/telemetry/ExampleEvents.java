package dev.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.telemetry.consent.Notice;
import dev.telemetry.consent.NoticeEvent;
import dev.telemetry.consent.NoticeProperty;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.event.LineBuffer;
import dev.telemetry.pipeline.Redactor;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Shows what events look like, without recording any: real lines, with a sample of the
 * right type for every value. Nothing is true of this installation but the tool, its
 * version and the names.
 */
public final class ExampleEvents {

	private static final UUID ID = UUID.fromString("00000000-0000-7000-8000-000000000000");

	private static final String MACHINE_ID = "0".repeat(64);

	private static final String HASH = "0".repeat(40);

	private static final String SESSION_ID = "0".repeat(32);

	private static final double MILLION = 1_000_000;

	private final String toolVersion;

	private final TelemetrySpecRegistry registry;

	/**
	 * Create examples.
	 * @param toolVersion the version of the tool
	 * @param registry knows what kind of event each one is
	 */
	public ExampleEvents(String toolVersion, TelemetrySpecRegistry registry) {
		this.toolVersion = toolVersion;
		this.registry = registry;
	}

	/**
	 * Make a line for every declared event.
	 * @param notice what is collected
	 * @return one line of JSON for each event, in their order, without a line feed
	 */
	public List<String> lines(Notice notice) {
		EventOrigin origin = origin(notice);
		return notice.events().stream().map((event) -> line(notice, event, origin)).toList();
	}

	private EventOrigin origin(Notice notice) {
		boolean fields = !notice.runtimeFields().isEmpty();
		return new EventOrigin(notice.tool(), this.toolVersion, notice.machineId().equals("none") ? null : MACHINE_ID,
				SESSION_ID, fields ? "linux" : null, fields ? "amd64" : null, fields ? "17" : null);
	}

	private String line(Notice notice, NoticeEvent event, EventOrigin origin) {
		Event.Builder example = Event.builder(event.name())
			.id(ID)
			.type(type(event.name()))
			.origin(origin)
			.timestampMillis(0)
			.samplingRate(event.samplingPerMillion() / MILLION);
		notice.metadata().forEach((key) -> example.attribute(key, "text"));
		event.properties().forEach((property) -> example.attribute(property.name(), sample(property)));
		LineBuffer line = new LineBuffer(512);
		EventCodec.json().encode(example.build(), line);
		return new String(line.toByteArray(), StandardCharsets.US_ASCII).stripTrailing();
	}

	private @Nullable String type(String event) {
		EventDefinition definition = this.registry.findEvent(event);
		return (definition != null) ? definition.type() : null;
	}

	/** What is replaced as a whole is seen as such, or not at all. */
	private static @Nullable Object sample(NoticeProperty property) {
		return switch (property.redaction()) {
			case "drop" -> null;
			case "value" -> (sampleInClear(property) instanceof String) ? Redactor.MARKER : null;
			case "hash" -> HASH;
			case "bucket" -> Double.valueOf(Objects.requireNonNull(property.bucket()));
			default -> sampleInClear(property);
		};
	}

	private static Object sampleInClear(NoticeProperty property) {
		return switch (property.type()) {
			case "number" -> 1.5;
			case "boolean" -> true;
			case "timestamp" -> "1970-01-01T00:00:00Z";
			case "json" -> "{}";
			default -> "text";
		};
	}

}
