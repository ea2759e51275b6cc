package dev.telemetry.spec.reader;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A spec cannot be used. Says everything that is wrong with it, not only what was found
 * first.
 */
public final class TelemetrySpecException extends Exception {

	private static final long serialVersionUID = 1L;

	private final transient List<SpecProblem> problems;

	public TelemetrySpecException(List<SpecProblem> problems) {
		super(problems.stream().map(SpecProblem::toString).collect(Collectors.joining("\n")));
		this.problems = List.copyOf(problems);
	}

	/**
	 * Return what is wrong.
	 * @return at least one problem, in the order of the file
	 */
	public List<SpecProblem> problems() {
		return this.problems;
	}

}
