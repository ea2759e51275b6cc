package dev.telemetry.spec.manifest;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.EventSemantics;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.Redaction;
import dev.telemetry.spec.SamplingCondition;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/**
 * Writes a manifest: sorted, a property a line, numbers as short as they can be on every
 * Java.
 */
final class ManifestWriter {

	static final int FORMAT = 1;

	/** The depth of an object, or of a list, that is still written line by line. */
	private static final int OBJECT_DEPTH = 3;

	private static final int LIST_DEPTH = 4;

	private static final JsonFactory JSON = JsonFactory.builder()
		.enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
		.build();

	private final JsonGenerator json;

	private ManifestWriter(JsonGenerator json) {
		this.json = json;
	}

	static byte[] write(TelemetryManifest manifest) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = JSON.createGenerator(new Lines(), text)) {
			new ManifestWriter(json).manifest(manifest);
		}
		return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
	}

	private void manifest(TelemetryManifest manifest) {
		this.json.writeStartObject();
		this.json.writeNumberProperty("format", FORMAT);
		this.json.writeArrayPropertyStart("events");
		manifest.events().forEach(this::event);
		this.json.writeEndArray();
		texts("computed", manifest.computed());
		this.json.writeEndObject();
	}

	private void event(ManifestEvent declared) {
		EventDefinition event = declared.definition();
		this.json.writeStartObject();
		text("name", event.name());
		text("version", event.version());
		text("type", event.type());
		EventSemantics semantics = event.semantics();
		if (semantics != null) {
			text("what", semantics.what());
			text("who", semantics.who());
			text("why", semantics.why());
		}
		text("purpose", event.purpose());
		text("privacy", word(event.privacy()));
		number("sampling", event.samplingRate());
		texts("conditions", event.samplingConditions().stream().map(SamplingCondition::toString).toList());
		EventRetention retention = event.retention();
		if (retention != null) {
			this.json.writeNumberProperty("retentionDays", retention.days());
			text("retentionPolicy", word(retention.policy()));
		}
		text("expires", (event.expires() != null) ? event.expires().toString() : null);
		texts("receivers", declared.receivers());
		texts("places", declared.places());
		this.json.writeArrayPropertyStart("properties");
		event.properties()
			.values()
			.stream()
			.sorted(Comparator.comparing(PropertyDefinition::name))
			.forEach(this::property);
		this.json.writeEndArray();
		this.json.writeEndObject();
	}

	private void property(PropertyDefinition property) {
		this.json.writeStartObject();
		text("name", property.name());
		text("type", word(property.type()));
		text("privacy", word(property.privacy()));
		text("redaction", word(property.redaction()));
		if (property.redaction() == Redaction.BUCKET) {
			number("bucket", property.bucket());
		}
		flag("required", property.required());
		texts("values", property.values().stream().distinct().sorted().toList());
		number("min", property.min());
		number("max", property.max());
		flag("inferred", property.inferred());
		text("description", property.description());
		this.json.writeEndObject();
	}

	static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	private void text(String name, @Nullable String value) {
		if (value != null) {
			this.json.writeStringProperty(name, value);
		}
	}

	private void texts(String name, List<String> values) {
		if (!values.isEmpty()) {
			this.json.writeArrayPropertyStart(name);
			values.forEach(this.json::writeString);
			this.json.writeEndArray();
		}
	}

	private void flag(String name, boolean value) {
		if (value) {
			this.json.writeBooleanProperty(name, true);
		}
	}

	/** A bound that is no number, or without end, is no bound. */
	private void number(String name, @Nullable Double value) {
		if (value == null || !Double.isFinite(value)) {
			return;
		}
		long whole = value.longValue();
		if (whole == value && Math.abs(whole) < 1L << 53) {
			this.json.writeNumberProperty(name, whole);
		}
		else {
			this.json.writeNumberProperty(name, value.doubleValue());
		}
	}

	/** Breaks lines where a reviewer wants them. */
	private static final class Lines extends ObjectWriteContext.Base {

		private static final Separators SEPARATORS = Separators.createDefaultInstance()
			.withObjectNameValueSpacing(Separators.Spacing.AFTER);

		@Override
		public PrettyPrinter getPrettyPrinter() {
			return new DefaultPrettyPrinter(SEPARATORS).withObjectIndenter(new Indenter(OBJECT_DEPTH))
				.withArrayIndenter(new Indenter(LIST_DEPTH));
		}

	}

	/**
	 * A line for each member, but not for those of what is nested deeper.
	 *
	 * @param depth the last depth that gets lines
	 */
	private record Indenter(int depth) implements DefaultPrettyPrinter.Indenter {

		@Override
		public void writeIndentation(JsonGenerator json, int level) {
			json.writeRaw((level <= this.depth) ? "\n" + "  ".repeat(level) : " ");
		}

		@Override
		public boolean isInline() {
			return false;
		}

	}

}
