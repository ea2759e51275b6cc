package dev.telemetry.spec.reader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

import dev.telemetry.spec.SpecFormatter;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The fields of one mapping of a spec. An error in a field is added to the report, and
 * the field counts as absent; so one pass finds all errors. A field that was never asked
 * for is unknown, see {@link #close()}.
 */
final class SpecFields {

	private static final String WORDS = "write one of ";

	private final MappingNode node;

	private final SpecReport report;

	private final Map<String, NodeTuple> fields = new LinkedHashMap<>();

	private final Set<String> asked = new LinkedHashSet<>();

	SpecFields(MappingNode node, SpecReport report) {
		this.node = node;
		this.report = report;
		for (NodeTuple tuple : node.getValue()) {
			if (tuple.getKeyNode() instanceof ScalarNode key) {
				this.fields.put(key.getValue(), tuple);
			}
			else {
				report.add(tuple.getKeyNode(), "a key is not text", "write 'key: value'");
			}
		}
	}

	Node node() {
		return this.node;
	}

	/** Return file, line and column of this mapping. */
	String place() {
		return this.report.place(this.node.getStartMark());
	}

	/** Return the names of all fields, for a mapping whose keys are names. */
	Set<String> names() {
		return this.fields.keySet();
	}

	/** Return the position of a field, or of the mapping without one. */
	Node at(String name) {
		NodeTuple tuple = this.fields.get(name);
		return (tuple != null) ? tuple.getValueNode() : this.node;
	}

	private @Nullable Node value(String name) {
		this.asked.add(name);
		NodeTuple tuple = this.fields.get(name);
		return (tuple == null || tuple.getValueNode().getTag().equals(Tag.NULL)) ? null : tuple.getValueNode();
	}

	void required(String name, String action) {
		this.report.add(this.node, "'" + name + "' is missing", action);
	}

	@Nullable String text(String name) {
		Node value = value(name);
		if (value == null) {
			return null;
		}
		if (value instanceof ScalarNode scalar) {
			return scalar.getValue().isBlank() ? null : scalar.getValue().trim();
		}
		this.report.add(value, "'" + name + "' is not text", "write one value");
		return null;
	}

	String requiredText(String name, String action) {
		String text = text(name);
		if (text == null) {
			required(name, action);
			return "";
		}
		return text;
	}

	@Nullable Boolean flag(String name) {
		return parsed(name, "true or false", (text) -> switch (text.toLowerCase(Locale.ROOT)) {
			case "true", "yes", "on" -> true;
			case "false", "no", "off" -> false;
			default -> null;
		});
	}

	@Nullable Double number(String name) {
		return parsed(name, "a number", (text) -> {
			double number = Double.parseDouble(text);
			return Double.isFinite(number) ? number : null;
		});
	}

	@Nullable Integer wholeNumber(String name) {
		return parsed(name, "a whole number", Integer::valueOf);
	}

	<E extends Enum<E>> @Nullable E word(String name, Class<E> type) {
		return parsed(name, "one of " + words(type), (text) -> enumConstant(type, text));
	}

	private static <E extends Enum<E>> @Nullable E enumConstant(Class<E> type, String text) {
		return Arrays.stream(type.getEnumConstants())
			.filter((constant) -> word(constant).equals(text.toLowerCase(Locale.ROOT).replace('-', '_')))
			.findFirst()
			.orElse(null);
	}

	private static String words(Class<? extends Enum<?>> type) {
		return String.join(", ", Arrays.stream(type.getEnumConstants()).map(SpecFields::word).toList());
	}

	static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	/** Read a field with a function that throws or returns null when it cannot. */
	<T> @Nullable T parsed(String name, String form, Function<String, @Nullable T> parser) {
		String text = text(name);
		if (text == null) {
			return null;
		}
		T parsed = null;
		try {
			parsed = parser.apply(text);
		}
		catch (RuntimeException ex) {
			// It has another form: said below
		}
		if (parsed == null) {
			this.report.add(at(name), "'" + name + "' is '" + SpecFormatter.shown(text) + "', which is not " + form,
					"write " + form);
		}
		return parsed;
	}

	List<String> texts(String name) {
		List<String> texts = new ArrayList<>();
		for (Node item : items(name)) {
			if (item instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
				texts.add(scalar.getValue().trim());
			}
			else {
				this.report.add(item, "an entry of '" + name + "' is not text", "write a list of texts");
			}
		}
		return texts;
	}

	<E extends Enum<E>> List<E> words(String name, Class<E> type) {
		List<E> words = new ArrayList<>();
		for (String text : texts(name)) {
			E word = enumConstant(type, text);
			if (word != null) {
				words.add(word);
			}
			else {
				this.report.add(at(name), "'" + SpecFormatter.shown(text) + "' is not known in '" + name + "'",
						WORDS + words(type));
			}
		}
		return words;
	}

	private List<Node> items(String name) {
		Node value = value(name);
		if (value == null) {
			return List.of();
		}
		if (value instanceof SequenceNode sequence) {
			return sequence.getValue();
		}
		if (value instanceof ScalarNode) {
			return List.of(value);
		}
		this.report.add(value, "'" + name + "' is not a list", "begin each entry with '- '");
		return List.of();
	}

	@Nullable SpecFields mapping(String name) {
		Node value = value(name);
		return (value != null) ? mapping(name, value) : null;
	}

	private @Nullable SpecFields mapping(String name, Node value) {
		if (value instanceof MappingNode mapping) {
			return new SpecFields(mapping, this.report);
		}
		this.report.add(value, "'" + name + "' is not a mapping", "write 'key: value' lines below it");
		return null;
	}

	/** Read a list of mappings; what cannot be read is left out. */
	<T> List<T> list(String name, Function<SpecFields, @Nullable T> reader) {
		List<T> values = new ArrayList<>();
		for (Node item : items(name)) {
			SpecFields fields = mapping("an entry of " + name, item);
			T value = (fields != null) ? fields.read(reader) : null;
			if (value != null) {
				values.add(value);
			}
		}
		return values;
	}

	/** Read a mapping of names to mappings; what cannot be read is left out. */
	<T> List<T> namedList(String name, BiFunction<String, SpecFields, @Nullable T> reader) {
		SpecFields named = mapping(name);
		List<T> values = new ArrayList<>();
		if (named == null) {
			return values;
		}
		for (String key : named.names()) {
			SpecFields fields = named.mapping(key);
			T value = (fields != null) ? fields.read((read) -> reader.apply(key, read)) : null;
			if (value != null) {
				values.add(value);
			}
		}
		return values;
	}

	/** Read this mapping; a value that contradicts another one is reported. */
	<T> @Nullable T read(Function<SpecFields, @Nullable T> reader) {
		try {
			return reader.apply(this);
		}
		catch (IllegalArgumentException ex) {
			this.report.add(this.node, String.valueOf(ex.getMessage()), "correct it");
			return null;
		}
		finally {
			close();
		}
	}

	/** Report every field that was never asked for. */
	private void close() {
		for (Map.Entry<String, NodeTuple> field : this.fields.entrySet()) {
			if (!this.asked.contains(field.getKey())) {
				this.report.add(field.getValue().getKeyNode(),
						"'" + SpecFormatter.shown(field.getKey()) + "' is not known here",
						WORDS + String.join(", ", this.asked));
			}
		}
	}

}
