package dev.telemetry.cli;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Answers from a file in YAML: each question's key with its answer. */
final class FileWizardInput implements WizardInput {

	private static final int MAX_DEPTH = 8;

	private final String file;

	private final MappingNode node;

	private final Map<String, NodeTuple> fields = new LinkedHashMap<>();

	private final Set<String> asked = new HashSet<>();

	private final Map<String, FileWizardInput> entries = new HashMap<>();

	private FileWizardInput(String file, MappingNode node) {
		this.file = file;
		this.node = node;
		for (NodeTuple tuple : node.getValue()) {
			if (tuple.getKeyNode() instanceof ScalarNode key) {
				this.fields.put(key.getValue(), tuple);
			}
			else {
				throw problem(tuple.getKeyNode(), "a key is not text", "write 'key: answer'");
			}
		}
	}

	/**
	 * Read a file.
	 * @param file where the text comes from, for messages
	 * @param yaml the text in UTF-8
	 * @return its answers
	 * @throws UserException if it is no mapping in YAML
	 */
	static FileWizardInput read(String file, byte[] yaml) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		options.setNestingDepthLimit(MAX_DEPTH);
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
			Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
			if (root instanceof MappingNode mapping) {
				return new FileWizardInput(file, mapping);
			}
			throw new UserException(file + ": there are no answers", "write 'key: answer', one a line");
		}
		catch (MarkedYAMLException ex) {
			throw problem(file, ex.getProblemMark(), "it is not valid YAML: " + ex.getProblem(), "correct it");
		}
		catch (YAMLException | CharacterCodingException ex) {
			throw new UserException(file + ": it is not valid YAML in UTF-8", "correct it");
		}
	}

	@Override
	public String ask(Question question) {
		this.asked.add(question.key());
		NodeTuple tuple = this.fields.get(question.key());
		String answer = (tuple != null) ? text(question.key(), tuple.getValueNode()) : "";
		String problem = question.problem(answer);
		if (problem != null) {
			Node at = (tuple != null) ? tuple.getValueNode() : this.node;
			throw problem(at, "'" + question.key() + "' is " + (answer.isEmpty() ? "missing" : "'" + answer + "'"),
					answer.isEmpty() ? "answer: " + question.text() : problem);
		}
		return question.meant(answer);
	}

	private String text(String key, Node value) {
		if (value instanceof ScalarNode scalar) {
			return scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue().trim();
		}
		if (value instanceof SequenceNode sequence) {
			return String.join(", ", sequence.getValue().stream().map((item) -> item(key, item)).toList());
		}
		throw problem(value, "'" + key + "' is not text", "write one answer, or a list");
	}

	private String item(String key, Node item) {
		if (item instanceof ScalarNode scalar && !scalar.getValue().contains(",")) {
			return scalar.getValue().trim();
		}
		throw problem(item, "an entry of '" + key + "' is not a text without commas", "correct it");
	}

	@Override
	public boolean any(String list, Question wanted) {
		return !items(list).isEmpty();
	}

	@Override
	public boolean more(String list, int index, Question another) {
		return index < items(list).size();
	}

	private List<Node> items(String list) {
		this.asked.add(list);
		NodeTuple tuple = this.fields.get(list);
		if (tuple == null) {
			return List.of();
		}
		if (tuple.getValueNode() instanceof SequenceNode sequence) {
			return sequence.getValue();
		}
		throw problem(tuple.getValueNode(), "'" + list + "' is not a list", "begin each entry with '- '");
	}

	@Override
	public WizardInput entry(String list, int index) {
		return this.entries.computeIfAbsent(list + "." + index, (key) -> {
			List<Node> items = items(list);
			if (index >= items.size()) {
				throw problem(this.node, "'" + list + "' has no entry", "write at least one");
			}
			if (items.get(index) instanceof MappingNode mapping) {
				return new FileWizardInput(this.file, mapping);
			}
			throw problem(items.get(index), "an entry of '" + list + "' is not a mapping", "write 'key: answer'");
		});
	}

	@Override
	public void close() {
		this.entries.values().forEach(FileWizardInput::close);
		this.fields.forEach((key, tuple) -> {
			if (!this.asked.contains(key)) {
				throw problem(tuple.getKeyNode(), "no question has the name '" + key + "'", "remove it");
			}
		});
	}

	private UserException problem(Node at, String problem, String action) {
		return problem(this.file, at.getStartMark(), problem, action);
	}

	private static UserException problem(String file, @Nullable Mark mark, String problem, String action) {
		String place = (mark != null) ? ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) : "";
		return new UserException(file + place + ": " + problem, action);
	}

}
