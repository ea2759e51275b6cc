package dev.telemetry.spec.reader;

/**
 * What is wrong at one place of a spec.
 *
 * @param file where it was read from
 * @param line the line, counted from 1
 * @param column the column, counted from 1
 * @param problem what is wrong, in one clause
 * @param action how to fix it
 */
public record SpecProblem(String file, int line, int column, String problem, String action) {

	@Override
	public String toString() {
		return this.file + ":" + this.line + ":" + this.column + ": " + this.problem + "; " + this.action;
	}

}
