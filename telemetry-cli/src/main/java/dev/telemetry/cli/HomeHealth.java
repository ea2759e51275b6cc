package dev.telemetry.cli;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.telemetry.consent.ConsentInput;
import dev.telemetry.consent.ConsentRecord;
import dev.telemetry.consent.ConsentStore;
import dev.telemetry.insight.EventUsage;
import dev.telemetry.insight.UsageReport;
import dev.telemetry.problem.Problem;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Looks at the home of a tool, and changes nothing there. */
final class HomeHealth {

	private static final int MAX_BYTES = 64 * 1024;

	private static final int MAX_WAITING = 100_000;

	private final Home home;

	private final List<HealthCheck> checks = new ArrayList<>();

	HomeHealth(Path home) {
		this.home = Home.chosen(home);
	}

	List<HealthCheck> look() {
		Problem problem = this.home.check();
		add("home", this.home.path().toString() + ((problem != null) ? ": " + problem.problem() : ""),
				(problem != null) ? problem.mend() : null);
		record();
		optIn();
		settings();
		log();
		waiting();
		rejected();
		return this.checks;
	}

	private void record() {
		String part = "consent.json";
		PrivateFile.Content content = PrivateFile.read(this.home.resolve(part), MAX_BYTES);
		if (content.isAbsent()) {
			fine(part, "nobody has said anything here");
			return;
		}
		ConsentStore.Found found = RecordedTool.store(this.home, content).read();
		ConsentRecord record = found.record();
		if (record == null) {
			add(part, "it cannot be trusted: " + Objects.requireNonNullElse(found.fault(), "it is empty"),
					"say no with --telemetry.command=disable, which moves it aside, and decide anew");
		}
		else {
			String answer = record.granted() ? "yes, for " + Words.lower(record.scope()) : "no";
			fine(part,
					answer + ", said through " + record.channel() + " at " + record.asOf() + " for " + record.tool());
		}
	}

	private void optIn() {
		String part = "telemetry.opt-in";
		PrivateFile.Content content = PrivateFile.read(this.home.resolve(part), MAX_BYTES);
		byte @Nullable [] bytes = content.bytes();
		if (bytes != null) {
			String value = new ConsentInput(12, part, new String(bytes, StandardCharsets.UTF_8), part, false).shown();
			boolean word = !value.equals("blank") && !value.equals("neither yes nor no");
			add(part, value, word ? null : "write 'true', or remove it");
		}
		refused(part, content);
	}

	private void settings() {
		String part = "telemetry.yaml";
		PrivateFile.Content content = PrivateFile.read(this.home.resolve(part), MAX_BYTES);
		byte @Nullable [] bytes = content.bytes();
		if (bytes != null) {
			List<String> names = names(bytes);
			add(part, (names != null) ? "sets " + String.join(", ", names) : "it is not valid YAML",
					(names != null) ? null : "correct the syntax: until then nothing in it counts");
		}
		refused(part, content);
	}

	/** Names only: any value may be a secret. */
	private static @Nullable List<String> names(byte[] yaml) {
		LoaderOptions options = new LoaderOptions();
		options.setNestingDepthLimit(16);
		try {
			Node root = new Yaml(new SafeConstructor(options))
				.compose(new StringReader(new String(yaml, StandardCharsets.UTF_8)));
			if (root == null) {
				return List.of("nothing");
			}
			return (root instanceof MappingNode mapping) ? mapping.getValue()
				.stream()
				.map((tuple) -> (tuple.getKeyNode() instanceof ScalarNode key) ? key.getValue() : "?")
				.toList() : null;
		}
		catch (YAMLException ex) {
			return null;
		}
	}

	private void refused(String part, PrivateFile.Content content) {
		String refusal = content.refusal();
		if (refusal != null) {
			add(part, "it is ignored: " + refusal,
					"make it a file of your own that nobody else may write, or remove it");
		}
	}

	private void log() {
		String part = "telemetry.log";
		Path log = this.home.resolve(part);
		if (!Files.exists(log, LinkOption.NOFOLLOW_LINKS)) {
			fine(part, "there is none");
			return;
		}
		try {
			UsageReport report = UsageReport.read(List.of(log));
			long count = report.events().stream().mapToLong(EventUsage::count).sum();
			String last = (report.last() != null) ? ", the last at " + report.last() : "";
			fine(part, count + " events" + last
					+ ((report.skipped() > 0) ? "; " + report.skipped() + " lines are no events" : ""));
		}
		catch (IOException ex) {
			add(part, "it cannot be read", "make it a file of your own, or remove it");
		}
	}

	private void waiting() {
		TreeMap<String, Long> waiting = new TreeMap<>();
		Path spill = this.home.resolve("spill");
		files(spill, ".batch")
			.forEach((file) -> waiting.merge(spill.relativize(file).getName(0).toString(), 1L, Long::sum));
		if (waiting.isEmpty()) {
			fine("spill", "nothing waits to be sent");
		}
		waiting.forEach((sink, count) -> fine("spill", count + " files wait to be sent to " + sink));
	}

	private void rejected() {
		List<Path> files = files(this.home.resolve("rejected"), ".jsonl");
		files.forEach((file) -> add("rejected", "a receiver refused events for good: " + file.getFileName(),
				"look at them; when their cause is mended, remove the file"));
	}

	private List<Path> files(Path directory, String ending) {
		if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(directory, 3)) {
			return files.filter((file) -> file.toString().endsWith(ending)).limit(MAX_WAITING).sorted().toList();
		}
		catch (IOException | UncheckedIOException ex) {
			add(directory.getFileName().toString(), "it cannot be read", "make it a directory of your own");
			return List.of();
		}
	}

	private void fine(String part, String text) {
		this.checks.add(HealthCheck.fine(part, text));
	}

	private void add(String part, String text, @Nullable String mend) {
		this.checks.add(new HealthCheck(part, text, mend));
	}

}
