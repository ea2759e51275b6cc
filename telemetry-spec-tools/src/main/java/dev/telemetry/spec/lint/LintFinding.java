package dev.telemetry.spec.lint;

/**
 * What a rule found at one place of a spec, or in code.
 *
 * @param file the file as it was named to the linter, or the place in code
 * @param line the line, counted from 1; 0 for a place in code
 * @param column the column, counted from 1; 0 for a place in code
 * @param rule the rule
 * @param problem what is wrong, in one clause
 * @param action how to fix it
 */
public record LintFinding(String file, int line, int column, LintRule rule, String problem, String action) {

	@Override
	public String toString() {
		String at = (this.line > 0) ? ":" + this.line + ":" + this.column : "";
		return this.file + at + ": " + this.rule.id() + ": " + this.problem + "; " + this.action;
	}

}
