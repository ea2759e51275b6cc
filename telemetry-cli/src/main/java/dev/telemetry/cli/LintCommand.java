package dev.telemetry.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.telemetry.insight.JsonDocument;
import dev.telemetry.spec.lint.LintFinding;
import dev.telemetry.spec.lint.TelemetrySpecLinter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Judges specs. */
@Command(name = "lint", description = "Say what is wrong with specs, where, and how to fix it",
		exitCodeList = { "0:nothing was found", "1:something was found", "2:the command or a file cannot be read" })
final class LintCommand extends CliCommand {

	@Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "Specs, or directories with *.telemetry.yaml")
	private List<String> names = List.of();

	LintCommand(CommandEnvironment world) {
		super(world);
	}

	@Override
	public Integer call() {
		Map<String, byte[]> files = SpecFiles.read(world(), this.names);
		List<LintFinding> findings = new TelemetrySpecLinter(world().today()).lint(files);
		if (json()) {
			Map<String, Object> answer = new LinkedHashMap<>();
			answer.put("files", files.size());
			answer.put("findings", json(findings));
			world().print(JsonDocument.write(answer));
		}
		else {
			findings.forEach((finding) -> world().print(finding.toString()));
			String count = findings.isEmpty() ? "Nothing" : count(findings.size(), "thing");
			world().print(count + " found in " + count(files.size(), "file"));
		}
		return findings.isEmpty() ? DONE : FOUND;
	}

	static List<Map<String, Object>> json(List<LintFinding> findings) {
		return findings.stream().map(LintCommand::json).toList();
	}

	private static Map<String, Object> json(LintFinding finding) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("file", finding.file());
		fields.put("line", finding.line());
		fields.put("column", finding.column());
		fields.put("rule", finding.rule().id());
		fields.put("problem", finding.problem());
		fields.put("action", finding.action());
		return fields;
	}

	private static String count(int number, String what) {
		return number + " " + what + ((number == 1) ? "" : "s");
	}

}
