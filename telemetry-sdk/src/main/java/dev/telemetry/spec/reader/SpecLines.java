package dev.telemetry.spec.reader;

import java.util.List;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

import org.jspecify.annotations.Nullable;

/** The positions of the parts of a spec in its file. */
public final class SpecLines {

	private final Node root;

	public SpecLines(Node root) {
		this.root = root;
	}

	/**
	 * Find a part.
	 * @param path names of fields and numbers of entries, from the outside in
	 * @return where its key, or else its value, begins; if it is not there, where the
	 * innermost part around it begins
	 */
	public Mark at(List<?> path) {
		Mark mark = this.root.getStartMark();
		Node node = this.root;
		for (Object step : path) {
			NodeTuple field = field(node, step);
			Node value = (field != null) ? field.getValueNode() : entry(node, step);
			if (value == null) {
				return mark;
			}
			mark = (field != null) ? field.getKeyNode().getStartMark() : value.getStartMark();
			node = value;
		}
		return mark;
	}

	public boolean has(List<?> path) {
		Node node = this.root;
		for (Object step : path) {
			NodeTuple field = field(node, step);
			Node value = (field != null) ? field.getValueNode() : entry(node, step);
			if (value == null) {
				return false;
			}
			node = value;
		}
		return true;
	}

	private static @Nullable NodeTuple field(Node node, Object step) {
		if (!(node instanceof MappingNode mapping)) {
			return null;
		}
		return mapping.getValue()
			.stream()
			.filter((tuple) -> tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(step))
			.findFirst()
			.orElse(null);
	}

	private static @Nullable Node entry(Node node, Object step) {
		boolean there = node instanceof SequenceNode sequence && step instanceof Integer index
				&& index < sequence.getValue().size();
		return there ? ((SequenceNode) node).getValue().get((Integer) step) : null;
	}

}
