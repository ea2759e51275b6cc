package dev.telemetry.spec.lint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.reader.SpecLines;
import org.yaml.snakeyaml.error.Mark;

/** One file that is a spec, and what the rules have found in it so far. */
final class LintedFile implements LintedEvents {

	private final String file;

	private final TelemetrySpec spec;

	private final SpecLines lines;

	private final List<LintFinding> findings = new ArrayList<>();

	LintedFile(String file, TelemetrySpec spec, SpecLines lines) {
		this.file = file;
		this.spec = spec;
		this.lines = lines;
	}

	TelemetrySpec spec() {
		return this.spec;
	}

	@Override
	public List<EventDefinition> events() {
		return this.spec.events();
	}

	@Override
	public boolean has(Object... path) {
		return this.lines.has(Arrays.asList(path));
	}

	@Override
	public void add(LintRule rule, String problem, String action, Object... path) {
		Mark mark = this.lines.at(Arrays.asList(path));
		this.findings.add(new LintFinding(this.file, mark.getLine() + 1, mark.getColumn() + 1, rule, problem, action));
	}

	/** Return what is not allowed, and what is wrong with what is. */
	List<LintFinding> judge(LintAllowances allowances) {
		List<LintFinding> left = this.findings.stream().filter((finding) -> !allowances.allow(finding)).toList();
		return Stream.concat(left.stream(), allowances.findings(this.file).stream())
			.sorted(Comparator.comparingInt(LintFinding::line).thenComparingInt(LintFinding::column))
			.toList();
	}

}
