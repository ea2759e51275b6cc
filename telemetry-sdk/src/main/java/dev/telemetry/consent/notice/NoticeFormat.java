package dev.telemetry.consent.notice;

import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.telemetry.consent.store.CanonicalJson;
import org.jspecify.annotations.Nullable;

/**
 * The form of {@code notices/<hash>.json}. Version 1 does not say which values and bounds
 * a property has and whether it is required, how personal an event is, where alone it
 * goes and when it expires, and who controls the data. Such a text is read for good, in
 * its own form and under its own hash. Reading writes what was read again and compares,
 * so an unknown field, a missing one or another form is refused.
 */
final class NoticeFormat {

	static final long FIRST = 1;

	static final long CURRENT = 2;

	private NoticeFormat() {
	}

	static SortedMap<String, Object> tree(Notice notice) {
		SortedMap<String, Object> tree = new TreeMap<>();
		tree.put("v", notice.format());
		tree.put("tool", notice.tool());
		putOptional(tree, "contact", notice.contact());
		putOptional(tree, "controller", (notice.format() != FIRST) ? notice.controller() : null);
		tree.put("undeclared", undeclared(notice.undeclared()));
		tree.put("events", notice.events().stream().map((event) -> event(event, notice.format())).toList());
		tree.put("metadata", notice.metadata());
		tree.put("runtimeFields", notice.runtimeFields());
		tree.put("machineId", notice.machineId());
		tree.put("destinations", notice.destinations().stream().map(NoticeFormat::destination).toList());
		tree.put("deletion", notice.deletion());
		return tree;
	}

	static Map<String, Object> forPeople(Notice notice) {
		SortedMap<String, Object> tree = tree(notice);
		Map<String, Object> ordered = new LinkedHashMap<>();
		for (String name : List.of("undeclared", "tool", "controller", "contact", "destinations", "machineId",
				"events")) {
			Object value = tree.remove(name);
			if (value != null) {
				ordered.put(name, value);
			}
		}
		ordered.putAll(tree);
		return ordered;
	}

	private static void putOptional(SortedMap<String, Object> tree, String name, @Nullable String value) {
		if (value != null) {
			tree.put(name, value);
		}
	}

	private static SortedMap<String, Object> undeclared(NoticeUndeclared undeclared) {
		SortedMap<String, Object> tree = new TreeMap<>();
		tree.put("policy", undeclared.recorded() ? "record" : "drop");
		tree.put("retentionSeconds", undeclared.retentionSeconds());
		return tree;
	}

	private static void putUnlessEmpty(SortedMap<String, Object> tree, String name, List<String> values) {
		if (!values.isEmpty()) {
			tree.put(name, values);
		}
	}

	private static SortedMap<String, Object> event(NoticeEvent event, long format) {
		SortedMap<String, Object> tree = new TreeMap<>();
		tree.put("name", event.name());
		tree.put("version", event.version());
		putOptional(tree, "purpose", event.purpose());
		tree.put("properties", event.properties().stream().map((property) -> property(property, format)).toList());
		tree.put("samplingPerMillion", event.samplingPerMillion());
		tree.put("retentionSeconds", event.retentionSeconds());
		putUnlessEmpty(tree, "conditions", event.conditions());
		if (format != FIRST) {
			tree.put("privacy", event.privacy());
			putUnlessEmpty(tree, "destinations", event.destinations());
			putOptional(tree, "expires", (event.expires() != null) ? event.expires().toString() : null);
		}
		return tree;
	}

	private static SortedMap<String, Object> property(NoticeProperty property, long format) {
		SortedMap<String, Object> tree = new TreeMap<>(Map.of("name", property.name(), "type", property.type(),
				"privacy", property.privacy(), "redaction", property.redaction()));
		putOptional(tree, "bucket", property.bucket());
		if (format != FIRST) {
			if (property.required()) {
				tree.put("required", true);
			}
			putUnlessEmpty(tree, "values", property.values());
			putOptional(tree, "min", property.min());
			putOptional(tree, "max", property.max());
		}
		return tree;
	}

	private static SortedMap<String, Object> destination(NoticeDestination destination) {
		return new TreeMap<>(Map.of("protocol", destination.protocol(), "scheme", destination.scheme(), "host",
				destination.host(), "port", destination.port()));
	}

	static Notice read(byte[] json) throws IOException {
		Notice notice;
		try {
			notice = notice(new Fields(CanonicalJson.read(json)));
		}
		catch (IllegalArgumentException ex) {
			throw new IOException("a field is missing or has a value that cannot be", ex);
		}
		if (!Arrays.equals(notice.toJson(), json)) {
			throw new IOException("it has another form than it was written in");
		}
		return notice;
	}

	private static Notice notice(Fields fields) {
		long format = fields.number("v");
		if (format != FIRST && format != CURRENT) {
			throw new IllegalArgumentException("'v' must be " + FIRST + " or " + CURRENT);
		}
		return Notice.builder(fields.text("tool"))
			.format(format)
			.contact(fields.optional("contact"))
			.controller(fields.optional("controller"))
			.undeclared(undeclared(fields.object("undeclared")))
			.events(fields.objects("events").stream().map((event) -> event(event, format)).toList())
			.metadata(fields.texts("metadata"))
			.runtimeFields(fields.texts("runtimeFields"))
			.machineId(fields.text("machineId"))
			.destinations(fields.objects("destinations").stream().map(NoticeFormat::destination).toList())
			.deletion(fields.text("deletion"))
			.build();
	}

	private static NoticeUndeclared undeclared(Fields fields) {
		return new NoticeUndeclared(fields.text("policy").equals("record"), fields.number("retentionSeconds"));
	}

	private static NoticeEvent event(Fields fields, long format) {
		NoticeEvent first = new NoticeEvent(fields.text("name"), fields.number("version"), fields.optional("purpose"),
				fields.objects("properties").stream().map(NoticeFormat::property).toList(),
				fields.number("samplingPerMillion"), fields.number("retentionSeconds"),
				fields.optionalTexts("conditions"));
		return (format == FIRST) ? first : first.with(fields.text("privacy"), fields.optionalTexts("destinations"),
				fields.optionalDay("expires"));
	}

	private static NoticeProperty property(Fields fields) {
		return new NoticeProperty(fields.text("name"), fields.text("type"), fields.text("privacy"),
				fields.text("redaction"), fields.optional("bucket"), fields.flag("required"),
				fields.optionalTexts("values"), fields.optional("min"), fields.optional("max"));
	}

	private static NoticeDestination destination(Fields fields) {
		return new NoticeDestination(fields.text("protocol"), fields.text("scheme"), fields.text("host"),
				fields.number("port"));
	}

	/** The fields of an object; one that is missing or of another kind is refused. */
	private record Fields(Map<?, ?> object) {

		String text(String name) {
			return as(String.class, this.object.get(name));
		}

		@Nullable String optional(String name) {
			return this.object.containsKey(name) ? text(name) : null;
		}

		List<String> optionalTexts(String name) {
			return this.object.containsKey(name) ? texts(name) : List.of();
		}

		@Nullable LocalDate optionalDay(String name) {
			String day = optional(name);
			try {
				return (day != null) ? LocalDate.parse(day) : null;
			}
			catch (DateTimeParseException ex) {
				throw new IllegalArgumentException("'" + name + "' must be a day", ex);
			}
		}

		boolean flag(String name) {
			return this.object.containsKey(name) && as(Boolean.class, this.object.get(name));
		}

		long number(String name) {
			return as(Long.class, this.object.get(name));
		}

		Fields object(String name) {
			return new Fields(as(Map.class, this.object.get(name)));
		}

		List<String> texts(String name) {
			return list(name).stream().map((element) -> as(String.class, element)).toList();
		}

		List<Fields> objects(String name) {
			return list(name).stream().map((element) -> new Fields(as(Map.class, element))).toList();
		}

		private List<?> list(String name) {
			return as(List.class, this.object.get(name));
		}

		private static <T> T as(Class<T> type, @Nullable Object value) {
			if (!type.isInstance(value)) {
				throw new IllegalArgumentException("a " + type.getSimpleName() + " is missing");
			}
			return type.cast(value);
		}

	}

}
