package dev.telemetry.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.SamplingCondition;
import dev.telemetry.spec.lint.TelemetrySpecLinter;
import org.jspecify.annotations.Nullable;

/** Asks for the properties of an event. */
final class WizardProperties {

	private final WizardInput answers;

	private final YamlText yaml;

	private final String privacy;

	private final Set<String> names = new HashSet<>();

	private final Set<String> metrics = new LinkedHashSet<>();

	/** Knows what a condition may be about. */
	private final EventDefinition.Builder event = EventDefinition.builder("event");

	/**
	 * Create the questions.
	 * @param answers where the answers about the event come from
	 * @param yaml takes the properties
	 * @param privacy how personal the event is
	 */
	WizardProperties(WizardInput answers, YamlText yaml, String privacy) {
		this.answers = answers;
		this.yaml = yaml;
		this.privacy = privacy;
	}

	/** Ask for at least one property. */
	void ask() {
		this.yaml.open("properties");
		for (int i = 0; i == 0 || this.answers.more("properties", i, another(i)); i++) {
			property(this.answers.entry("properties", i));
		}
		this.yaml.close();
	}

	/** Return the numbers that are kept in clear. */
	Set<String> metrics() {
		return this.metrics;
	}

	/**
	 * Judge a condition about the properties.
	 * @return what is wrong with it, or {@code null}
	 */
	@Nullable String problem(String condition) {
		try {
			this.event.samplingConditions(List.of(SamplingCondition.of(condition))).build();
			return null;
		}
		catch (IllegalArgumentException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	/** Most events have two or so. */
	private static Question another(int index) {
		return Question.yesOrNo("another_property", "Another property?", index < 2);
	}

	private void property(WizardInput property) {
		String name = property.ask(Question.required("key", "Name of the property, such as items").checked(this::name));
		this.names.add(name);
		String type = Words.plain(property
			.ask(Question.oneOf("type", "Type", "string", "string", "number", "boolean", "timestamp", "json")));
		boolean required = property.yes(Question.yesOrNo("required", "Must every such event have it?", false));
		PropertyType kind = PropertyType.valueOf(type.toUpperCase(Locale.ROOT));
		boolean looksPersonal = TelemetrySpecLinter.looksPersonal(name, kind);
		boolean personal = isPersonal(property, looksPersonal);
		List<String> reasons = new ArrayList<>();
		if (!personal && looksPersonal) {
			reasons.add("personal-data " + property
				.ask(WizardEvents.reason("personal_reason", "It looks personal. Why does it identify no person?")));
		}
		List<String> values = values(property, type, personal, reasons);
		reasons.forEach((reason) -> this.yaml.comment("lint:allow " + reason));
		this.yaml.open(name).putWord("type", type);
		if (required) {
			this.yaml.putWord("required", "true");
		}
		this.yaml.put("values", values);
		PropertyDefinition.Builder definition = PropertyDefinition.builder(name, kind).values(values);
		if (personal) {
			this.yaml.putWord("pii", "true");
			redaction(property, type, definition.privacy(PrivacyLevel.PII));
		}
		else {
			notPersonal(name, type);
		}
		this.event.property(definition.build());
		this.yaml.put("description", property.ask(Question.optional("description", "What its values are"))).close();
	}

	private @Nullable String name(String name) {
		if (!name.matches("[A-Za-z][A-Za-z0-9_.-]{0,127}")) {
			return "write letters, digits, '_', '.' or '-', beginning with a letter";
		}
		return this.names.contains(name) ? "the event has it already" : null;
	}

	private boolean isPersonal(WizardInput property, boolean looksPersonal) {
		if (this.privacy.equals("sensitive")) {
			return true;
		}
		Question question = Question.yesOrNo("personal", "Does it tell of a person?",
				looksPersonal || this.privacy.equals("pii"));
		if (this.privacy.equals("public")) {
			question = Question.yesOrNo("personal", "Does it tell of a person?", false)
				.checked((answer) -> Words.plain(answer).equals("no") ? null
						: "the event is public: leave it out, or begin again with an event that is pii");
		}
		return property.yes(question);
	}

	private List<String> values(WizardInput property, String type, boolean personal, List<String> reasons) {
		List<String> values = List.of();
		if (type.equals("string")) {
			values = property.list(Question.optional("values", "Which values it may have, separated by commas"));
		}
		if (!personal && (type.equals("json") || (type.equals("string") && values.isEmpty()))) {
			reasons.add("free-text " + property.ask(WizardEvents.reason("free_text_reason",
					"It may hold any text. Why can it hold no personal data?")));
		}
		return values;
	}

	private void redaction(WizardInput property, String type, PropertyDefinition.Builder definition) {
		boolean number = type.equals("number");
		String redaction = Words.plain(property.ask(number
				? Question.oneOf("redact", "What becomes of its values", "bucket", "bucket", "hash", "mask", "drop")
				: Question.oneOf("redact", "What becomes of its values", "mask", "hash", "mask", "drop")));
		this.yaml.putWord("redact", redaction);
		if (redaction.equals("bucket")) {
			String width = property.ask(SpecWizard.wholeNumber("bucket", "Width of a bucket", "10"));
			this.yaml.putWord("bucket", width);
			definition.bucket(Integer.parseInt(width));
		}
	}

	private void notPersonal(String name, String type) {
		if (this.privacy.equals("pii")) {
			this.yaml.putWord("pii", "false");
		}
		if (type.equals("number")) {
			this.metrics.add(name);
		}
	}

}
