package dev.telemetry.setting;

import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.telemetry.storage.EncodedText;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
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

	/** What to do about a file that cannot be used. */
	public static final String ACTION = "fix or delete the file";

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
	 * @throws WrongValueException if it cannot be used; names the line
	 */
	public static TelemetryYaml parse(byte[] bytes) {
		Node root = compose(bytes);
		TelemetryYamlParser parser = new TelemetryYamlParser();
		if (root instanceof MappingNode mapping) {
			parser.addAll(mapping, "");
		}
		else if (root != null && !root.getTag().equals(Tag.NULL)) {
			throw wrong("not 'key: value' lines", root);
		}
		return new TelemetryYaml(parser.settings);
	}

	/** Without content, or with comments alone, there is no node. */
	private static @Nullable Node compose(byte[] bytes) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		options.setNestingDepthLimit(MAX_DEPTH);
		try {
			return new Yaml(new SafeConstructor(options)).compose(new StringReader(EncodedText.decode(bytes)));
		}
		catch (MarkedYAMLException ex) {
			YamlFault fault = YamlFault.of(ex);
			throw wrong(fault.problem(), fault.line());
		}
		catch (CharacterCodingException ex) {
			throw new WrongValueException("not text in UTF-8", ACTION);
		}
		catch (RuntimeException ex) {
			// Of a user's text nothing may stop the application
			throw new WrongValueException("not valid YAML", ACTION);
		}
	}

	private void addAll(MappingNode mapping, String prefix) {
		for (NodeTuple tuple : mapping.getValue()) {
			Node key = tuple.getKeyNode();
			if (!(key instanceof ScalarNode scalar) || !key.getTag().equals(Tag.STR)) {
				throw wrong("a key that is not text", key);
			}
			add(prefix + scalar.getValue(), key, tuple.getValueNode());
		}
	}

	private void add(String key, Node keyNode, Node value) {
		if (value.getAnchor() != null || keyNode.getAnchor() != null) {
			throw wrong("an anchor", keyNode);
		}
		if (value instanceof CollectionNode<?> collection && collection.getValue().isEmpty()) {
			// Of one value that is none: what it should protect must not pass as unset
			addText(key + ".0", keyNode, "");
		}
		else if (value instanceof MappingNode mapping) {
			addAll(mapping, key + ".");
		}
		else if (value instanceof SequenceNode sequence) {
			for (int i = 0; i < sequence.getValue().size(); i++) {
				add(key + "." + i, keyNode, sequence.getValue().get(i));
			}
		}
		else if (value instanceof ScalarNode scalar && SCALARS.contains(scalar.getTag())) {
			addText(key, keyNode, scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue());
		}
		else {
			throw wrong("a value of an unknown type", value);
		}
	}

	private void addText(String key, Node keyNode, String text) {
		if (!this.keys.add(Spelling.DOTTED.comparable(key))) {
			throw wrong("a key that occurs twice", keyNode);
		}
		String origin = TelemetryYaml.NAME + " line " + line(keyNode);
		this.settings.add(new Setting(key, Spelling.DOTTED, text, origin, false, false));
	}

	private static WrongValueException wrong(String problem, Node node) {
		return wrong(problem, line(node));
	}

	private static WrongValueException wrong(String problem, int line) {
		return new WrongValueException("line " + line + ": " + problem, ACTION);
	}

	private static int line(Node node) {
		return node.getStartMark().getLine() + 1;
	}

}
