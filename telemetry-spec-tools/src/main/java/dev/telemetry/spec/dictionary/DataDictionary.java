package dev.telemetry.spec.dictionary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventSemantics;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.SpecFormatter;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.manifest.ManifestEvent;
import dev.telemetry.spec.manifest.TelemetryManifest;
import org.jspecify.annotations.Nullable;

/**
 * Says what specs or an archive collect. The same specs make the same document, in
 * whatever order they come.
 */
public final class DataDictionary {

	private static final List<String> EVENTS = List.of("Event", "What happened", "What for", "How personal", "Kept",
			"Until");

	private static final List<String> PROPERTIES = List.of("Property", "Type", "Required", "How personal",
			"What is kept", "Values", "What it is");

	private final String source;

	/** Whether it is known that nothing else is declared. */
	private final boolean complete;

	private final List<Part> parts;

	private final List<String> computed;

	private DataDictionary(String source, boolean complete, List<Part> parts, List<String> computed) {
		this.source = source;
		this.complete = complete;
		this.parts = parts;
		this.computed = computed;
	}

	/**
	 * Create a dictionary of specs.
	 * @param specs the specs, in any order
	 * @return the dictionary
	 */
	public static DataDictionary of(List<TelemetrySpec> specs) {
		return new DataDictionary("specs", false,
				specs.stream()
					.sorted(Comparator.comparing(TelemetrySpec::key).thenComparing(TelemetrySpec::version))
					.map((spec) -> new Part(spec.key(), spec.version(), spec.owners(), about(spec), events(spec)))
					.toList(),
				List.of());
	}

	/**
	 * Create a dictionary of what an archive declares, in its specs and in its code.
	 * @param manifest the manifest of the archive
	 * @return the dictionary
	 */
	public static DataDictionary of(TelemetryManifest manifest) {
		List<EventDefinition> events = manifest.events().stream().map(ManifestEvent::definition).toList();
		return new DataDictionary("specs and the code", manifest.computed().isEmpty(),
				List.of(new Part("Events", "", List.of(), List.of(), events)), manifest.computed());
	}

	/**
	 * Say whether a text is a page that was written from a dictionary, and may be
	 * replaced by a newer one.
	 * @param text the text
	 * @return whether it is such a page
	 */
	public static boolean isPage(String text) {
		return text.contains(DocumentWriter.MARK);
	}

	/**
	 * Write the dictionary as Markdown.
	 * @return the page
	 */
	public String toMarkdown() {
		return write(new MarkdownWriter());
	}

	/**
	 * Write the dictionary as one page of HTML, which loads nothing. Its only script
	 * searches the page.
	 * @return the page
	 */
	public String toHtml() {
		return write(new HtmlWriter());
	}

	private String write(DocumentWriter document) {
		document.heading(1, "What is collected");
		document.paragraph("This page is made from the " + this.source + " of the application. None of it is collected"
				+ " before consent is granted" + (this.complete ? ", and nothing else ever." : "."));
		if (this.computed.isEmpty() && !this.complete) {
			document
				.paragraph("What the application declares in its code is not on this page: the manifest of its build"
						+ " has all of it.");
		}
		if (!this.computed.isEmpty()) {
			document.paragraph(
					"More events are declared when the application runs, by " + String.join(", ", this.computed) + ".");
		}
		document.summary(EVENTS,
				this.parts.stream().flatMap((part) -> part.events().stream()).map(DataDictionary::summary).toList());
		for (Part part : this.parts) {
			document.heading(2, (part.name() + " " + part.version()).trim());
			if (!part.about().isEmpty()) {
				document.table(List.of("About", ""), part.about());
			}
			part.events().forEach((event) -> event(document, event));
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
				SpecFormatter.word(event.privacy()), SpecFormatter.percent(event.samplingRate()),
				fields.getOrDefault("Collected until", ""));
	}

	private static List<List<String>> about(TelemetrySpec spec) {
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("Title", orEmpty(spec.title()));
		fields.put("Description", spec.description());
		fields.put("Part of the business", orEmpty(spec.domain()));
		fields.put("Who answers for it", String.join(", ", spec.owners()));
		fields.put("Stability", SpecFormatter.word(spec.stability()));
		fields.put("Tags", String.join(", ", spec.tags()));
		fields.put("More", String.join(", ", spec.docs()));
		fields.put("Meant for", String.join(", ", spec.providers().stream().map((one) -> one.type()).toList()));
		return rows(fields);
	}

	private static void event(DocumentWriter document, EventDefinition event) {
		document.event(event.name(), event.version().toString());
		document.table(List.of("Event", ""), rows(fields(event)));
		if (!event.properties().isEmpty()) {
			document.properties(PROPERTIES,
					event.properties().values().stream().map(DataDictionary::property).toList());
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
		fields.put("How personal", SpecFormatter.word(event.privacy()));
		fields.put("Share that is kept", SpecFormatter.percent(event.samplingRate()));
		fields.put("Kept",
				event.samplingConditions().isEmpty() ? "" : SpecFormatter.conditions(event.samplingConditions()));
		fields.put("Kept on the machine", SpecFormatter.retention(event.retention()));
		fields.put("Collected until", (event.expires() != null) ? event.expires().toString() : "");
		fields.put("Stands out", SpecFormatter.anomaly(event.anomaly()));
		fields.put("Tags", String.join(", ", event.tags()));
		return fields;
	}

	private static List<String> property(PropertyDefinition property) {
		return List.of(property.name(), SpecFormatter.word(property.type()), property.required() ? "yes" : "no",
				SpecFormatter.word(property.privacy()), SpecFormatter.kept(property), SpecFormatter.values(property),
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

	/**
	 * Return the same as the pages, for programs.
	 * @return what becomes JSON
	 */
	public Map<String, Object> json() {
		return Map.of("specs", this.parts.stream().map(DataDictionary::json).toList());
	}

	private static Map<String, Object> json(Part part) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("key", part.name());
		json.put("version", part.version().isEmpty() ? null : part.version());
		json.put("owners", part.owners());
		json.put("events", part.events().stream().map(DataDictionary::json).toList());
		return json;
	}

	/**
	 * Return one event, for programs.
	 * @param event the event
	 * @return what becomes JSON
	 */
	public static Map<String, Object> json(EventDefinition event) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("name", event.name());
		json.put("version", event.version());
		json.put("purpose", event.purpose());
		json.put("privacy", SpecFormatter.word(event.privacy()));
		json.put("sampling_rate", event.samplingRate());
		json.put("retention_days", (event.retention() != null) ? event.retention().days() : null);
		json.put("expires", event.expires());
		json.put("properties", event.properties().values().stream().map(DataDictionary::json).toList());
		return json;
	}

	private static Map<String, Object> json(PropertyDefinition property) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("name", property.name());
		json.put("type", SpecFormatter.word(property.type()));
		json.put("required", property.required());
		json.put("privacy", SpecFormatter.word(property.privacy()));
		json.put("redaction", SpecFormatter.word(property.redaction()));
		json.put("values", property.values());
		json.put("description", property.description());
		return json;
	}

	/**
	 * A part of the document: a spec, or all of an archive.
	 *
	 * @param name what it is called
	 * @param version its version, empty without one
	 * @param owners who answers for it
	 * @param about what is said of the whole
	 * @param events its events in order
	 */
	private record Part(String name, String version, List<String> owners, List<List<String>> about,
			List<EventDefinition> events) {

	}

}
