package dev.telemetry.sdk;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import dev.telemetry.Internal;
import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.NoticeEvent;
import dev.telemetry.consent.notice.NoticeProperty;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.event.LineBuffer;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.MeasuredProperty;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Shows what events look like, without recording any: real lines of today, with a value
 * for every property that its declaration allows. Nothing is true of this installation
 * but the tool, its version and the names; identifiers are zeros.
 */
@Internal
public final class ExampleEvents {

	private static final long VERSION_7 = 0x7000L;

	private static final long VARIANT = 0x8000_0000_0000_0000L;

	private static final String MACHINE_ID = "0".repeat(64);

	private static final String SESSION_ID = "0".repeat(32);

	private static final double MILLION = 1_000_000;

	private final String toolVersion;

	private final TelemetrySpecRegistry registry;

	private final InstantSource clock;

	/**
	 * Create examples.
	 * @param toolVersion the version of the tool
	 * @param registry knows what kind of event each one is
	 * @param clock tells when the examples would have been recorded
	 */
	public ExampleEvents(String toolVersion, TelemetrySpecRegistry registry, InstantSource clock) {
		this.toolVersion = toolVersion;
		this.registry = registry;
		this.clock = clock;
	}

	/**
	 * Make a line for every declared event.
	 * @param notice what is collected
	 * @return one line of JSON for each event, in their order, without a line feed
	 */
	public List<String> lines(Notice notice) {
		EventOrigin origin = origin(notice);
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		return notice.events().stream().map((event) -> line(notice, event, origin, now)).toList();
	}

	private EventOrigin origin(Notice notice) {
		boolean fields = !notice.runtimeFields().isEmpty();
		return new EventOrigin(notice.tool(), this.toolVersion, notice.machineId().equals("none") ? null : MACHINE_ID,
				SESSION_ID, fields ? "linux" : null, fields ? "amd64" : null, fields ? "17" : null);
	}

	private String line(Notice notice, NoticeEvent event, EventOrigin origin, Instant now) {
		EventDefinition definition = this.registry.findEvent(event.name());
		Event.Builder example = Event.builder(event.name())
			.id(new UUID((now.toEpochMilli() << Short.SIZE) | VERSION_7, VARIANT))
			.type((definition != null) ? definition.type() : null)
			.origin(origin)
			.timestampMillis(now.toEpochMilli())
			.samplingRate(event.samplingPerMillion() / MILLION);
		notice.metadata().forEach((key) -> example.attribute(key, SampleValues.text(key)));
		SampleValues values = new SampleValues(now);
		boolean failed = event.properties()
			.stream()
			.anyMatch((property) -> measured(definition, property) == MeasuredProperty.ERROR);
		event.properties().forEach((property) -> {
			MeasuredProperty measured = measured(definition, property);
			example.attribute(property.name(),
					(measured != null) ? SampleValues.of(measured, failed) : values.of(property));
		});
		LineBuffer line = new LineBuffer(512);
		EventCodec.json().encode(example.build(), line);
		return new String(line.toByteArray(), StandardCharsets.US_ASCII).stripTrailing();
	}

	/**
	 * What a spec restricts is shown as it is declared, although the system measures it.
	 */
	private static @Nullable MeasuredProperty measured(@Nullable EventDefinition definition, NoticeProperty property) {
		PropertyDefinition declared = (definition != null) ? definition.properties().get(property.name()) : null;
		return (declared != null && property.redaction().equals("secrets") && property.values().isEmpty())
				? MeasuredProperty.find(property.name(), declared.description()) : null;
	}

}
