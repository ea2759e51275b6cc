package dev.telemetry.setting;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

/**
 * Reads {@code telemetry.yaml}. The file is composed into nodes only: no object of a type
 * it names is ever made, and anchors are refused. The one class that needs SnakeYAML.
 */
public final class TelemetryYamlParser {

	private static final int MAX_DEPTH = 8;

	private static final Set<Tag> SCALARS = Set.of(Tag.STR, Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.NULL, Tag.TIMESTAMP);

	private final List<Setting> settings = new ArrayList<>();

	private final Set<String> keys = new HashSet<>();

	private TelemetryYamlParser() {
	}

	/**
	 * Parse the file.
	 * @param bytes its content
	 * @return its settings
	 * @throws WrongValueException if it cannot be used; names line and column
	 */
	public static TelemetryYaml parse(byte[] bytes) {
		Node root = compose(bytes);
		if (!(root instanceof MappingNode mapping)) {
			throw wrong((root != null) ? "is not a mapping" : "is empty", (root != null) ? root.getStartMark() : null);
		}
		TelemetryYamlParser parser = new TelemetryYamlParser();
		parser.addAll(mapping, "");
		return new TelemetryYaml(parser.settings);
	}

	private static @Nullable Node compose(byte[] bytes) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		options.setNestingDepthLimit(MAX_DEPTH);
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
		}
		catch (MarkedYAMLException ex) {
			// The message of the cause quotes the file, which may hold secrets
			throw wrong("is not valid YAML", ex.getProblemMark());
		}
		catch (YAMLException | CharacterCodingException ex) {
			throw wrong("is not valid YAML in UTF-8", null);
		}
	}

	private void addAll(MappingNode mapping, String prefix) {
		for (NodeTuple tuple : mapping.getValue()) {
			Node key = tuple.getKeyNode();
			if (!(key instanceof ScalarNode scalar) || !key.getTag().equals(Tag.STR)) {
				throw wrong("has a key that is not text", key.getStartMark());
			}
			add(prefix + scalar.getValue(), key, tuple.getValueNode());
		}
	}

	private void add(String key, Node keyNode, Node value) {
		if (value.getAnchor() != null || keyNode.getAnchor() != null) {
			throw wrong("has an anchor", keyNode.getStartMark());
		}
		if (value instanceof MappingNode mapping) {
			addAll(mapping, key + ".");
		}
		else if (value instanceof SequenceNode sequence) {
			for (int i = 0; i < sequence.getValue().size(); i++) {
				add(key + "." + i, keyNode, sequence.getValue().get(i));
			}
		}
		else if (value instanceof ScalarNode scalar && SCALARS.contains(scalar.getTag())) {
			addScalar(key, keyNode, scalar);
		}
		else {
			throw wrong("has a value of an unknown type", value.getStartMark());
		}
	}

	private void addScalar(String key, Node keyNode, ScalarNode value) {
		if (!this.keys.add(Spelling.DOTTED.comparable(key))) {
			throw wrong("has a key twice", keyNode.getStartMark());
		}
		String text = value.getTag().equals(Tag.NULL) ? "" : value.getValue();
		String origin = TelemetryYaml.NAME + " line " + (keyNode.getStartMark().getLine() + 1);
		this.settings.add(new Setting(key, Spelling.DOTTED, text, origin, false, false));
	}

	private static WrongValueException wrong(String problem, @Nullable Mark mark) {
		String place = (mark != null) ? "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1)
				: "line 1, column 1";
		return new WrongValueException(problem + ", " + place + "; the whole file is ignored",
				"write 'key: value' lines, as in the template");
	}

}
