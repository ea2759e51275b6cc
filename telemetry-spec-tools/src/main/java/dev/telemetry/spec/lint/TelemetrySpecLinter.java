package dev.telemetry.spec.lint;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.NameRules;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.SpecFormatter;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.manifest.TelemetryManifest;
import dev.telemetry.spec.reader.SpecLines;
import dev.telemetry.spec.reader.SpecProblem;
import dev.telemetry.spec.reader.SpecReport;
import dev.telemetry.spec.reader.TelemetrySpecException;
import dev.telemetry.spec.reader.TelemetrySpecReader;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Checks specs by rules that a reader of YAML cannot know: whether a user who is asked
 * for consent could agree to what they state. Pure: it reads no file and asks no clock.
 * Needs SnakeYAML. What a rule finds may be allowed with a comment, on the same line or
 * on the line before: <code># lint:allow free-text the names of our own jobs</code>.
 */
public final class TelemetrySpecLinter {

	private static final Pattern OWNER = Pattern.compile("@[\\w][\\w./-]*|[^@\\s]+@[^@\\s]+|https://\\S+");

	private final LocalDate today;

	/**
	 * Create a linter.
	 * @param today the day on which specs are judged, in UTC
	 */
	public TelemetrySpecLinter(LocalDate today) {
		this.today = today;
	}

	/**
	 * Whether values of that name are likely to identify a person.
	 * @param name the name of a property
	 * @param type its type
	 * @return whether it has to be marked as personal, or allowed with a reason
	 */
	public static boolean looksPersonal(String name, PropertyType type) {
		return NameRules.looksPersonal(name, type);
	}

	/**
	 * Judge one spec.
	 * @param file where the text comes from, for messages
	 * @param yaml the text in UTF-8
	 * @return what was found, in the order of the file
	 */
	public List<LintFinding> lint(String file, byte[] yaml) {
		return lint(Map.of(file, yaml));
	}

	/**
	 * Judge specs that are used together.
	 * @param files the text of each in UTF-8, by where it comes from
	 * @return what was found, in the order of the files and their lines
	 */
	public List<LintFinding> lint(Map<String, byte[]> files) {
		Map<String, List<LintFinding>> unusable = new LinkedHashMap<>();
		Map<String, LintedFile> linted = new LinkedHashMap<>();
		files.forEach((file, yaml) -> {
			try {
				linted.put(file, read(file, yaml));
			}
			catch (TelemetrySpecException ex) {
				unusable.put(file, ex.problems().stream().map(TelemetrySpecLinter::finding).toList());
			}
		});
		linted.values().forEach(this::check);
		conflicts(linted.values());
		SimilarNames.check(linted.values());
		List<LintFinding> findings = new ArrayList<>();
		files.forEach((file, yaml) -> {
			LintedFile read = linted.get(file);
			findings.addAll(
					(read != null) ? read.judge(new LintAllowances(yaml)) : Objects.requireNonNull(unusable.get(file)));
		});
		return List.copyOf(findings);
	}

	/**
	 * Judge what is declared in code and by no spec: what it is for, and its names.
	 * @param manifest what an archive declares
	 * @param measured the names of what is recorded of every call, which is known not to
	 * be personal
	 * @return what was found, in the order of the manifest
	 */
	public List<LintFinding> lint(TelemetryManifest manifest, Set<String> measured) {
		LintedManifest linted = new LintedManifest(manifest, measured);
		for (int i = 0; i < linted.events().size(); i++) {
			new EventLint(linted, i, linted.events().get(i), this.today).meaning();
		}
		SimilarNames.check(List.of(linted));
		return linted.findings();
	}

	private static LintedFile read(String file, byte[] yaml) throws TelemetrySpecException {
		TelemetrySpec spec = TelemetrySpecReader.read(file, yaml);
		Node root = Objects.requireNonNull(TelemetrySpecReader.compose(yaml, new SpecReport(file)));
		return new LintedFile(file, spec, new SpecLines(root));
	}

	private static LintFinding finding(SpecProblem problem) {
		LintRule rule = switch (problem.problem()) {
			case "'privacy' is missing" -> LintRule.PRIVACY;
			case "'owners' is missing" -> LintRule.OWNER;
			default -> LintRule.SPEC;
		};
		return new LintFinding(problem.file(), problem.line(), problem.column(), rule, problem.problem(),
				problem.action());
	}

	private void check(LintedFile file) {
		TelemetrySpec spec = file.spec();
		for (int i = 0; i < spec.owners().size(); i++) {
			String owner = spec.owners().get(i);
			if (!OWNER.matcher(owner).matches()) {
				file.add(LintRule.OWNER, "'" + SpecFormatter.shown(owner) + "' cannot be reached",
						"write a team such as @team.shop, or an address", "meta", "owners", i);
			}
		}
		boolean defaultRate = file.has("config", "defaultSamplingRate");
		for (int i = 0; i < spec.events().size(); i++) {
			EventDefinition event = spec.events().get(i);
			if (defaultRate && !file.has("events", i, "sampling", "rate")) {
				defaultRate = false;
				EventLint.sampling(file, spec.key(), event.samplingRate(), "config", "defaultSamplingRate");
			}
			new EventLint(file, i, event, this.today).check();
			if (event.anomaly() != null) {
				new AnomalyLint(file, i, event).check(event.anomaly());
			}
		}
	}

	private static void conflicts(Iterable<LintedFile> files) {
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());
		for (LintedFile file : files) {
			try {
				registry.register(file.spec());
			}
			catch (IllegalArgumentException ex) {
				file.add(LintRule.CONFLICT, String.valueOf(ex.getMessage()), "remove one, or give it another version",
						"meta");
			}
		}
	}

}
