package dev.telemetry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.telemetry.insight.JsonDocument;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.lint.LintFinding;
import dev.telemetry.spec.lint.TelemetrySpecLinter;
import dev.telemetry.spec.reader.TelemetrySpecException;
import dev.telemetry.spec.reader.TelemetrySpecReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Asks for a spec and writes it. Nothing is written before all is answered and judged.
 */
@Command(name = "create", description = "Ask for a spec, and write it so that it can be used as it is",
		exitCodeList = { "0:the spec was written", "1:the answers make a spec in which lint finds something",
				"2:an answer is missing or will not do, or the file is there or cannot be written" })
final class CreateCommand extends CliCommand {

	private static final int MAX_BYTES = 1024 * 1024;

	@Option(names = "--answers", paramLabel = "FILE",
			description = "Take the answers from a file in YAML, and ask nothing")
	private @Nullable String answersFile;

	@Option(names = "--directory", paramLabel = "DIR", defaultValue = "src/main/resources/telemetry",
			description = "Where to write it (default: ${DEFAULT-VALUE})")
	private String directory = "";

	@Option(names = "--force", description = "Write over a file that is there")
	private boolean force;

	CreateCommand(CommandEnvironment world) {
		super(world);
	}

	@Override
	public Integer call() {
		Path target = world().path(this.directory);
		if (Files.exists(target) && !Files.isDirectory(target)) {
			throw new UserException("'" + target + "' is not a directory", "name another one with --directory");
		}
		WizardInput answers = answers();
		SpecWizard wizard = new SpecWizard(answers, world().today(), (key) -> taken(target, key));
		String yaml = wizard.run();
		Path file = file(target, wizard.key());
		List<LintFinding> findings = lint(file, yaml);
		for (LintFinding finding = next(findings); finding != null; finding = next(findings)) {
			String reason = answers.ask(reason(finding));
			if (reason.isEmpty()) {
				return refuse(findings);
			}
			yaml = allow(yaml, finding, reason);
			findings = lint(file, yaml);
		}
		answers.close();
		if (!findings.isEmpty()) {
			return refuse(findings);
		}
		write(file, yaml);
		answer(file, yaml);
		return DONE;
	}

	private WizardInput answers() {
		String name = this.answersFile;
		if (name == null) {
			return new TypedWizardInput(world());
		}
		Path file = world().path(name);
		if (Files.exists(file) && !Files.isRegularFile(file)) {
			throw new UserException("'" + name + "' is not a file", "name a file in YAML");
		}
		try (InputStream in = Files.newInputStream(file)) {
			return FileWizardInput.read(name, in.readNBytes(MAX_BYTES));
		}
		catch (IOException ex) {
			throw SpecFiles.unreadable(name, ex);
		}
	}

	private static Path file(Path directory, String key) {
		return directory.resolve(key.replace('.', '-') + ".telemetry.yaml");
	}

	private @Nullable String taken(Path directory, String key) {
		Path file = file(directory, key);
		boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
		return (there && !this.force) ? "'" + file + "' is there already: use another name, or --force" : null;
	}

	private List<LintFinding> lint(Path file, String yaml) {
		return new TelemetrySpecLinter(world().today()).lint(file.toString(), yaml.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Find the last one that a reason could allow: then the lines before it keep their
	 * numbers.
	 */
	private static @Nullable LintFinding next(List<LintFinding> findings) {
		return findings.stream()
			.filter((finding) -> finding.rule().allowable())
			.max(Comparator.comparingInt(LintFinding::line))
			.orElse(null);
	}

	private static Question reason(LintFinding finding) {
		String key = "allow_" + finding.rule().id().replace('-', '_');
		return Question.optional(key, "It says that " + finding.problem() + ". Why is that right here (nothing: stop)")
			.checked(WizardEvents.reason(key, "").check());
	}

	private static String allow(String yaml, LintFinding finding, String reason) {
		List<String> lines = new ArrayList<>(yaml.lines().toList());
		String line = lines.get(finding.line() - 1);
		String indent = line.substring(0, line.length() - line.stripLeading().length());
		lines.add(finding.line() - 1, indent + "# lint:allow " + finding.rule().id() + " " + reason);
		return String.join("\n", lines) + "\n";
	}

	private int refuse(List<LintFinding> findings) {
		findings.forEach((finding) -> world().error(finding.problem() + "; " + finding.action()
				+ (finding.rule().allowable() ? ", or answer '" + reason(finding).key() + "' with a reason" : "")));
		world().error("Nothing was written");
		if (json()) {
			world().print(JsonDocument.write(Map.of("findings", LintCommand.json(findings))));
		}
		return FOUND;
	}

	private void write(Path file, String yaml) {
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			OutputFile.write(file, yaml, this.force);
		}
		catch (IOException ex) {
			throw OutputFile.unwritable(file, ex);
		}
	}

	private void answer(Path file, String yaml) {
		TelemetrySpec spec;
		try {
			spec = TelemetrySpecReader.read(file.toString(), yaml.getBytes(StandardCharsets.UTF_8));
		}
		catch (TelemetrySpecException ex) {
			throw new IllegalStateException("It was read a moment ago", ex);
		}
		List<String> events = spec.events().stream().map(EventDefinition::name).toList();
		if (json()) {
			Map<String, Object> answer = new LinkedHashMap<>();
			answer.put("file", file.toString());
			answer.put("key", spec.key());
			answer.put("events", events);
			world().print(JsonDocument.write(answer));
		}
		else {
			world().print("Wrote " + file + " with " + String.join(", ", events));
			world().print("An application that has it on its class path as telemetry/" + file.getFileName()
					+ " records what it declares");
		}
	}

}
