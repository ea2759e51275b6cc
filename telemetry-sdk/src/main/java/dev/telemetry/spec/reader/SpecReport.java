package dev.telemetry.spec.reader;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is wrong with one file while it is being read. */
public final class SpecReport {

	private final String file;

	private final List<SpecProblem> problems = new ArrayList<>();

	public SpecReport(String file) {
		this.file = file;
	}

	String place(Mark mark) {
		return this.file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
	}

	void add(Node node, String problem, String action) {
		add(node.getStartMark(), problem, action);
	}

	void add(@Nullable Mark mark, String problem, String action) {
		int line = (mark != null) ? mark.getLine() + 1 : 1;
		int column = (mark != null) ? mark.getColumn() + 1 : 1;
		this.problems.add(new SpecProblem(this.file, line, column, problem, action));
	}

	boolean isEmpty() {
		return this.problems.isEmpty();
	}

	TelemetrySpecException toException() {
		this.problems.sort(Comparator.comparingInt(SpecProblem::line).thenComparingInt(SpecProblem::column));
		return new TelemetrySpecException(this.problems);
	}

}
