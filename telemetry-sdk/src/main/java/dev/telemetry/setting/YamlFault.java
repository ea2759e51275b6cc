package dev.telemetry.setting;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * States in our own text why a text is not YAML: the messages of SnakeYAML quote the
 * text, which may hold secrets.
 */
record YamlFault(int line, String problem) {

	private static final String UNKNOWN = "not valid YAML";

	/** What SnakeYAML was doing or found, and what that means. */
	private static final List<Cause> CAUSES = List
		.of(new Cause("while scanning a quoted scalar", "found unexpected end of stream", "unclosed quote", true),
				new Cause("while scanning a quoted scalar", "found unexpected document separator", "unclosed quote",
						true),
				new Cause("while scanning a double-quoted scalar", "", "unknown escape after a backslash", false),
				new Cause("while parsing a flow node", "<stream end>", "unclosed bracket", false),
				new Cause("while parsing a flow sequence", "", "unclosed bracket", true),
				new Cause("while parsing a flow mapping", "", "unclosed brace", true),
				new Cause("", "mapping values are not allowed here", "a second colon in one line, without quotes",
						false),
				new Cause("", "(TAB)", "a tab, where YAML wants spaces", false),
				new Cause("", "but found another document", "more than one document", false),
				new Cause("while parsing a block mapping", "", "wrong indentation", false),
				new Cause("while parsing a block collection", "", "wrong indentation", false),
				new Cause("while scanning a simple key", "", "a line without a colon", true));

	static YamlFault of(MarkedYAMLException ex) {
		String context = (ex.getContext() != null) ? ex.getContext() : "";
		String problem = (ex.getProblem() != null) ? ex.getProblem() : "";
		for (Cause cause : CAUSES) {
			if (context.startsWith(cause.context()) && problem.contains(cause.problem())) {
				Mark begin = cause.atBegin() ? ex.getContextMark() : null;
				return new YamlFault(line((begin != null) ? begin : ex.getProblemMark()), cause.words());
			}
		}
		return new YamlFault(line(ex.getProblemMark()), UNKNOWN);
	}

	private static int line(@Nullable Mark mark) {
		return (mark != null) ? mark.getLine() + 1 : 1;
	}

	/**
	 * A cause.
	 *
	 * @param context how what SnakeYAML was doing begins
	 * @param problem a part of what it found
	 * @param words our text
	 * @param atBegin whether the fault is where it began, rather than where it was found
	 */
	private record Cause(String context, String problem, String words, boolean atBegin) {

	}

}
