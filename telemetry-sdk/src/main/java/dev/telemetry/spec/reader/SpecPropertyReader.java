package dev.telemetry.spec.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * Reads one property of an event. {@code pii: true} makes it personal, {@code redact}
 * states what happens to its values: {@code true} for a mask, or {@code bucket},
 * {@code hash}, {@code mask} or {@code drop}.
 */
final class SpecPropertyReader {

	private static final String FORMS = "true, false, bucket, hash, mask or drop";

	private SpecPropertyReader() {
	}

	static @Nullable PropertyDefinition read(String name, SpecFields fields, PrivacyLevel event) {
		PropertyType type = fields.word("type", PropertyType.class);
		if (type == null && fields.text("type") == null) {
			fields.required("type", "write string, number, boolean, timestamp or json");
		}
		PropertyDefinition.Builder property = PropertyDefinition
			.builder(name, Objects.requireNonNullElse(type, PropertyType.STRING))
			.privacy(privacy(fields, event))
			.required(Boolean.TRUE.equals(fields.flag("required")))
			.values(fields.texts("values"))
			.range(fields.number("min"), fields.number("max"))
			.description(fields.text("description"));
		Double bucket = fields.number("bucket");
		Redaction redaction = fields.parsed("redact", FORMS, SpecPropertyReader::redaction);
		if (bucket != null) {
			property.bucket(bucket);
		}
		if (redaction != null && redaction != Redaction.SECRETS) {
			property.redaction(redaction);
		}
		return (type != null) ? property.build() : null;
	}

	/** A property is as personal as its event, unless it says otherwise. */
	private static PrivacyLevel privacy(SpecFields fields, PrivacyLevel event) {
		PrivacyLevel own = fields.word("privacy", PrivacyLevel.class);
		Boolean pii = fields.flag("pii");
		List<PrivacyLevel> said = new ArrayList<>();
		said.add((own != null) ? own
				: (Boolean.FALSE.equals(pii) && event == PrivacyLevel.PII) ? PrivacyLevel.INTERNAL : event);
		if (Boolean.TRUE.equals(pii)) {
			said.add(PrivacyLevel.PII);
		}
		if (event == PrivacyLevel.SENSITIVE) {
			said.add(event);
		}
		return said.stream().max(PrivacyLevel::compareTo).orElse(event);
	}

	/** {@code false} takes nothing back: personal values are never recorded in clear. */
	private static @Nullable Redaction redaction(String text) {
		return switch (text.toLowerCase(Locale.ROOT)) {
			case "true", "mask" -> Redaction.MASK;
			case "false" -> Redaction.SECRETS;
			case "bucket" -> Redaction.BUCKET;
			case "hash" -> Redaction.HASH;
			case "drop" -> Redaction.DROP;
			default -> null;
		};
	}

}
