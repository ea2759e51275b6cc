package dev.telemetry.spec;

/**
 * What a rule found at one place of a spec.
 *
 * @param file the file as it was named to the linter
 * @param line the line, counted from 1
 * @param column the column, counted from 1
 * @param rule the rule
 * @param problem what is wrong, in one clause
 * @param mend how to mend it
 */
public record LintFinding(String file, int line, int column, LintRule rule, String problem, String mend) {

	@Override
	public String toString() {
		return this.file + ":" + this.line + ":" + this.column + ": " + this.rule.id() + ": " + this.problem + "; "
				+ this.mend;
	}

}
