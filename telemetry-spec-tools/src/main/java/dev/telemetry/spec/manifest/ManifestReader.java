package dev.telemetry.spec.manifest;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.EventSemantics;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.Redaction;
import dev.telemetry.spec.SamplingCondition;
import dev.telemetry.spec.reader.SpecProblem;
import dev.telemetry.spec.reader.TelemetrySpecException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads a manifest as a stream, and stops at the first thing that is wrong. */
final class ManifestReader {

	private static final int MAX_DEPTH = 32;

	private static final JsonFactory JSON = JsonFactory.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(MAX_DEPTH)
			.maxStringLength(64 * 1024)
			.maxNumberLength(64)
			.build())
		.build();

	private final JsonParser parser;

	private boolean known;

	private ManifestReader(JsonParser parser) {
		this.parser = parser;
	}

	static TelemetryManifest read(String file, byte[] json) throws TelemetrySpecException {
		if (json.length > TelemetryManifest.MAX_BYTES) {
			throw problem(file, null, "it is longer than " + TelemetryManifest.MAX_BYTES + " bytes");
		}
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
			try {
				return new ManifestReader(parser).manifest();
			}
			catch (IllegalArgumentException | DateTimeException ex) {
				throw problem(file, parser.currentTokenLocation(), String.valueOf(ex.getMessage()));
			}
		}
		catch (JacksonException ex) {
			throw problem(file, ex.getLocation(), "it is not valid JSON: " + ex.getOriginalMessage());
		}
	}

	private static TelemetrySpecException problem(String file, @Nullable TokenStreamLocation at, String problem) {
		int line = (at != null) ? Math.max(1, at.getLineNr()) : 1;
		int column = (at != null) ? Math.max(1, at.getColumnNr()) : 1;
		return new TelemetrySpecException(
				List.of(new SpecProblem(file, line, column, problem, "let the build write it anew")));
	}

	private TelemetryManifest manifest() {
		List<ManifestEvent> events = new ArrayList<>();
		List<String> computed = new ArrayList<>();
		this.parser.nextToken();
		object((name) -> {
			switch (name) {
				case "format" -> this.known = isKnown();
				case "events" -> list(() -> events.add(event()));
				case "computed" -> list(() -> computed.add(text()));
				default -> this.parser.skipChildren();
			}
		});
		check(this.known, "'format' is missing, so it is no manifest");
		check(this.parser.nextToken() == null, "something follows its end");
		return new TelemetryManifest(events, computed);
	}

	private boolean isKnown() {
		int format = wholeNumber();
		check(format == ManifestWriter.FORMAT, "its format is " + format + ", and only 1 is known here");
		return true;
	}

	private ManifestEvent event() {
		EventFields fields = new EventFields();
		object((name) -> {
			switch (name) {
				case "name" -> fields.name = text();
				case "version" -> fields.say(text(), EventDefinition.Builder::version);
				case "type" -> fields.say(text(), EventDefinition.Builder::type);
				case "what" -> fields.what = text();
				case "who" -> fields.who = text();
				case "why" -> fields.why = text();
				case "purpose" -> fields.say(text(), EventDefinition.Builder::purpose);
				case "privacy" -> fields.say(word(PrivacyLevel.class), EventDefinition.Builder::privacy);
				case "sampling" -> fields.say(number(), EventDefinition.Builder::samplingRate);
				case "conditions" -> list(() -> fields.conditions.add(SamplingCondition.of(text())));
				case "retentionDays" -> fields.days = wholeNumber();
				case "retentionPolicy" -> fields.policy = word(EventRetention.Policy.class);
				case "expires" -> fields.say(LocalDate.parse(text()), EventDefinition.Builder::expires);
				case "receivers" -> list(() -> fields.receivers.add(text()));
				case "places" -> list(() -> fields.places.add(text()));
				case "properties" -> list(() -> fields.say(property(), EventDefinition.Builder::property));
				default -> this.parser.skipChildren();
			}
		});
		return fields.event();
	}

	private PropertyDefinition property() {
		PropertyFields fields = new PropertyFields();
		object((name) -> {
			switch (name) {
				case "name" -> fields.name = text();
				case "type" -> fields.type = word(PropertyType.class);
				case "privacy" -> fields.say(word(PrivacyLevel.class), PropertyDefinition.Builder::privacy);
				case "redaction" -> fields.redaction = word(Redaction.class);
				case "bucket" -> fields.say(number(), PropertyDefinition.Builder::bucket);
				case "required" -> fields.say(flag(), PropertyDefinition.Builder::required);
				case "values" -> list(() -> fields.values.add(text()));
				case "min" -> fields.min = number();
				case "max" -> fields.max = number();
				case "inferred" -> fields.inferred = flag();
				case "description" -> fields.say(text(), PropertyDefinition.Builder::description);
				default -> this.parser.skipChildren();
			}
		});
		return fields.property();
	}

	private void object(Consumer<String> field) {
		check(this.parser.currentToken() == JsonToken.START_OBJECT, "an object is expected here");
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = this.parser.currentName();
			this.parser.nextToken();
			field.accept(name);
		}
	}

	private void list(Runnable entry) {
		check(this.parser.currentToken() == JsonToken.START_ARRAY, "a list is expected here");
		while (this.parser.nextToken() != JsonToken.END_ARRAY) {
			entry.run();
		}
	}

	private String text() {
		check(this.parser.currentToken() == JsonToken.VALUE_STRING, "a text is expected here");
		return this.parser.getString();
	}

	private int wholeNumber() {
		check(this.parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "a whole number is expected here");
		return this.parser.getIntValue();
	}

	private double number() {
		JsonToken token = this.parser.currentToken();
		check(token != null && token.isNumeric(), "a number is expected here");
		double number = this.parser.getDoubleValue();
		check(Double.isFinite(number), "a number is expected here");
		return number;
	}

	private boolean flag() {
		JsonToken token = this.parser.currentToken();
		check(token != null && token.isBoolean(), "true or false is expected here");
		return token == JsonToken.VALUE_TRUE;
	}

	private <E extends Enum<E>> E word(Class<E> type) {
		String word = text();
		for (E constant : type.getEnumConstants()) {
			if (ManifestWriter.word(constant).equals(word)) {
				return constant;
			}
		}
		throw new IllegalArgumentException("a word is here that is not known");
	}

	private static void check(boolean holds, String problem) {
		if (!holds) {
			throw new IllegalArgumentException(problem);
		}
	}

	private static <T> T required(@Nullable T value, String name) {
		if (value == null) {
			throw new IllegalArgumentException("'" + name + "' is missing");
		}
		return value;
	}

	/** What was read of an event; its name may come last. */
	private static final class EventFields {

		private @Nullable String name;

		private @Nullable String what;

		private @Nullable String who;

		private @Nullable String why;

		private @Nullable Integer days;

		private EventRetention.Policy policy = EventRetention.Policy.DELETE;

		private final List<SamplingCondition> conditions = new ArrayList<>();

		private final List<String> receivers = new ArrayList<>();

		private final List<String> places = new ArrayList<>();

		private final List<Consumer<EventDefinition.Builder>> rest = new ArrayList<>();

		<T> void say(T value, BiConsumer<EventDefinition.Builder, T> setter) {
			this.rest.add((event) -> setter.accept(event, value));
		}

		ManifestEvent event() {
			EventDefinition.Builder event = EventDefinition.builder(required(this.name, "name"));
			this.rest.forEach((each) -> each.accept(event));
			if (this.what != null) {
				event.semantics(new EventSemantics(this.what, this.who, this.why));
			}
			if (this.days != null) {
				event.retention(new EventRetention(this.days, this.policy));
			}
			event.samplingConditions(this.conditions);
			return new ManifestEvent(event.build(), this.receivers, this.places);
		}

	}

	/** What was read of a property; its name may come last. */
	private static final class PropertyFields {

		private @Nullable String name;

		private @Nullable PropertyType type;

		private @Nullable Redaction redaction;

		private @Nullable Double min;

		private @Nullable Double max;

		private boolean inferred;

		private final List<String> values = new ArrayList<>();

		private final List<Consumer<PropertyDefinition.Builder>> rest = new ArrayList<>();

		<T> void say(T value, BiConsumer<PropertyDefinition.Builder, T> setter) {
			this.rest.add((property) -> setter.accept(property, value));
		}

		PropertyDefinition property() {
			PropertyDefinition.Builder property = PropertyDefinition.builder(required(this.name, "name"),
					required(this.type, "type"));
			this.rest.forEach((each) -> each.accept(property));
			// A bucket states how numbers are recorded, unless something else is stated
			if (this.redaction != null) {
				property.redaction(this.redaction);
			}
			if (this.inferred) {
				property.inferred();
			}
			return property.values(this.values).range(this.min, this.max).build();
		}

	}

}
