package dev.telemetry.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventSemantics;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.SpecWords;
import dev.telemetry.spec.TelemetrySpec;
import org.jspecify.annotations.Nullable;

/**
 * Says what specs collect. The same specs make the same document, in whatever order they
 * come.
 */
final class DataDictionary {

	private static final List<String> EVENTS = List.of("Event", "What happened", "What for", "How personal", "Kept",
			"Until");

	private static final List<String> PROPERTIES = List.of("Property", "Type", "Required", "How personal",
			"What is kept", "Values", "What it is");

	private final List<TelemetrySpec> specs;

	DataDictionary(List<TelemetrySpec> specs) {
		this.specs = specs.stream()
			.sorted(Comparator.comparing(TelemetrySpec::key).thenComparing(TelemetrySpec::version))
			.toList();
	}

	String write(DocumentWriter document) {
		document.heading(1, "What is collected");
		document.paragraph("This page is made from the specs of the application. Nothing of it is collected before"
				+ " somebody has said yes, and nothing else ever.");
		document.table(EVENTS,
				this.specs.stream().flatMap((spec) -> events(spec).stream()).map(DataDictionary::summary).toList());
		for (TelemetrySpec spec : this.specs) {
			document.heading(2, spec.key() + " " + spec.version());
			document.table(List.of("About", ""), about(spec));
			events(spec).forEach((event) -> event(document, event));
		}
		return document.end();
	}

	private static List<EventDefinition> events(TelemetrySpec spec) {
		return spec.events()
			.stream()
			.sorted(Comparator.comparing(EventDefinition::name).thenComparing(EventDefinition::version))
			.toList();
	}

	private static List<String> summary(EventDefinition event) {
		Map<String, String> fields = fields(event);
		return List.of(event.name(), fields.getOrDefault("What happened", ""), fields.getOrDefault("What for", ""),
				SpecWords.word(event.privacy()), SpecWords.percent(event.samplingRate()),
				fields.getOrDefault("Collected until", ""));
	}

	private static List<List<String>> about(TelemetrySpec spec) {
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("Title", orEmpty(spec.title()));
		fields.put("Description", spec.description());
		fields.put("Part of the business", orEmpty(spec.domain()));
		fields.put("Who answers for it", String.join(", ", spec.owners()));
		fields.put("Stability", SpecWords.word(spec.stability()));
		fields.put("Tags", String.join(", ", spec.tags()));
		fields.put("More", String.join(", ", spec.docs()));
		fields.put("Meant for", String.join(", ", spec.providers().stream().map((one) -> one.type()).toList()));
		return rows(fields);
	}

	private static void event(DocumentWriter document, EventDefinition event) {
		document.heading(3, event.name() + " " + event.version());
		document.table(List.of("Event", ""), rows(fields(event)));
		if (!event.properties().isEmpty()) {
			document.table(PROPERTIES, event.properties().values().stream().map(DataDictionary::property).toList());
		}
	}

	private static Map<String, String> fields(EventDefinition event) {
		Map<String, String> fields = new LinkedHashMap<>();
		EventSemantics semantics = event.semantics();
		if (semantics != null) {
			fields.put("What happened", semantics.what());
			fields.put("Who did it", orEmpty(semantics.who()));
		}
		fields.put("What for", orEmpty(event.purpose()));
		fields.put("Kind", orEmpty(event.type()));
		fields.put("How personal", SpecWords.word(event.privacy()));
		fields.put("Share that is kept", SpecWords.percent(event.samplingRate()));
		fields.put("Kept on the machine", SpecWords.retention(event.retention()));
		fields.put("Collected until", (event.expires() != null) ? event.expires().toString() : "");
		fields.put("Stands out", SpecWords.anomaly(event.anomaly()));
		fields.put("Tags", String.join(", ", event.tags()));
		return fields;
	}

	private static List<String> property(PropertyDefinition property) {
		return List.of(property.name(), SpecWords.word(property.type()), property.required() ? "yes" : "no",
				SpecWords.word(property.privacy()), SpecWords.kept(property), SpecWords.values(property),
				orEmpty(property.description()));
	}

	private static String orEmpty(@Nullable String text) {
		return Objects.requireNonNullElse(text, "");
	}

	private static List<List<String>> rows(Map<String, String> fields) {
		List<List<String>> rows = new ArrayList<>();
		fields.forEach((name, value) -> {
			if (!value.isEmpty()) {
				rows.add(List.of(name, value));
			}
		});
		return rows;
	}

	/** Return the same as {@link #write}, for programs. */
	Map<String, Object> json() {
		return Map.of("specs", this.specs.stream().map(DataDictionary::json).toList());
	}

	private static Map<String, Object> json(TelemetrySpec spec) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("key", spec.key());
		json.put("version", spec.version());
		json.put("owners", spec.owners());
		json.put("events", events(spec).stream().map(DataDictionary::json).toList());
		return json;
	}

	private static Map<String, Object> json(EventDefinition event) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("name", event.name());
		json.put("version", event.version());
		json.put("purpose", event.purpose());
		json.put("privacy", SpecWords.word(event.privacy()));
		json.put("sampling_rate", event.samplingRate());
		json.put("retention_days", (event.retention() != null) ? event.retention().days() : null);
		json.put("expires", event.expires());
		json.put("properties", event.properties().values().stream().map(DataDictionary::json).toList());
		return json;
	}

	private static Map<String, Object> json(PropertyDefinition property) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("name", property.name());
		json.put("type", SpecWords.word(property.type()));
		json.put("required", property.required());
		json.put("privacy", SpecWords.word(property.privacy()));
		json.put("redaction", SpecWords.word(property.redaction()));
		json.put("values", property.values());
		json.put("description", property.description());
		return json;
	}

}
