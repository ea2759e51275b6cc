package dev.telemetry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.telemetry.autoconfigure.SettingsInspection;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentInput;
import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.insight.ReportProgress;
import dev.telemetry.insight.ReportQuery;
import dev.telemetry.insight.UsageReport;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.setting.TelemetryYaml;
import dev.telemetry.setting.TelemetryYamlParser;
import dev.telemetry.setting.WrongValueException;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;

/** Looks at the home of a tool, and changes nothing there. */
final class HomeHealth {

	private static final int MAX_BYTES = 64 * 1024;

	/** A destination that is restarted is back by then. */
	private static final Duration LONG = Duration.ofHours(1);

	private static final int MAX_WAITING = 100_000;

	private final Home home;

	private final Host host;

	private final List<HealthCheck> checks = new ArrayList<>();

	HomeHealth(Path home, Host host) {
		this.home = Home.chosen(home);
		this.host = host;
	}

	List<HealthCheck> look() {
		fine("home", this.home.path().toString());
		problem(this.home.check());
		record();
		optIn();
		settings();
		log();
		waiting();
		rejected();
		return this.checks;
	}

	/** The gate says what is wrong with the record, its receipts and the clock. */
	private void record() {
		PrivateFile.Content content = RecordedTool.read(this.home);
		ConsentStore store = RecordedTool.store(this.home, content);
		ConsentRecord record = store.read().record();
		if (record != null) {
			String answer = record.granted() ? "yes, for " + Words.lower(record.scope()) : "no";
			fine(RecordedTool.FILE,
					answer + ", said through " + record.channel() + " at " + record.asOf() + " for " + record.tool());
		}
		else if (content.isAbsent()) {
			fine(RecordedTool.FILE, "no decision has been made");
		}
		Problems problems = new Problems();
		try (ConsentGate gate = ConsentGate.builder(store)
			.tool(RecordedTool.of(content))
			.clocks(this.host.clock(), this.host.nanoTime())
			.earliest(this.host.built())
			.problems(problems)
			.build()) {
			if (gate.refresh().hasRecord()) {
				problem(this.home.checkOwners());
			}
		}
		problems.list().forEach(this::problem);
	}

	private void optIn() {
		Problems problems = new Problems();
		List<ConsentInput> inputs = ConsentSource.optInFile(this.home, problems).read();
		List<Problem> found = problems.list();
		found.forEach(this::problem);
		if (found.isEmpty()) {
			inputs.stream()
				.filter((input) -> input.origin() != null)
				.forEach((input) -> fine(input.origin(), input.shown()));
		}
	}

	/**
	 * Judged as the application judges them; shown by name, any value may be a secret.
	 */
	private void settings() {
		byte @Nullable [] bytes = PrivateFile.read(this.home.resolve(TelemetryYaml.NAME), MAX_BYTES).bytes();
		if (bytes != null) {
			names(bytes);
		}
		SettingsInspection.problems(this.home.path(), this.host.variables()).forEach(this::problem);
	}

	private void names(byte[] yaml) {
		try {
			List<String> names = TelemetryYamlParser.parse(yaml)
				.all()
				.stream()
				.map((setting) -> setting.key().split("\\.", 2)[0])
				.distinct()
				.toList();
			fine(TelemetryYaml.NAME, "sets " + (names.isEmpty() ? "nothing" : String.join(", ", names)));
		}
		catch (WrongValueException ex) {
			// The inspection of the settings says it
		}
	}

	private void problem(@Nullable Problem problem) {
		if (problem != null) {
			String origin = problem.origin();
			add(problem.property(), ((origin != null) ? origin + ": " : "") + problem.problem(), problem.action());
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
			UsageReport report = UsageReport.read(List.of(log), ReportQuery.ALL, ReportProgress.NONE);
			long count = report.count();
			String last = (report.last() != null) ? ", the last at " + report.last() : "";
			fine(part, count + " events" + last
					+ ((report.skipped() > 0) ? "; " + report.skipped() + " lines are no events" : ""));
		}
		catch (IOException ex) {
			add(part, "it cannot be read", "make it a file of your own, or remove it");
		}
	}

	private void waiting() {
		Path spill = this.home.resolve("spill");
		Map<String, List<Path>> waiting = files(spill, ".batch").stream()
			.collect(Collectors.groupingBy((file) -> spill.relativize(file).getName(0).toString(), TreeMap::new,
					Collectors.toList()));
		if (waiting.isEmpty()) {
			fine("spill", "nothing waits to be sent");
		}
		waiting.forEach(this::waiting);
	}

	/**
	 * Why a destination takes nothing is known to the running application alone. That
	 * something waits for long is seen here.
	 */
	private void waiting(String sink, List<Path> files) {
		Instant now = this.host.clock().instant();
		Instant oldest = files.stream().map((file) -> modified(file, now)).min(Comparator.naturalOrder()).orElse(now);
		long minutes = Math.max(0, Duration.between(oldest, now).toMinutes());
		String text = files.size() + " files wait to be sent to " + sink + ", the oldest for " + minutes + " minutes";
		add("spill", text, (minutes < LONG.toMinutes()) ? null : "start the application if it does not run;"
				+ " otherwise its status says why " + sink
				+ " takes nothing, such as refused credentials (401, 403) or a wrong address (404): correct those");
	}

	private static Instant modified(Path file, Instant gone) {
		try {
			return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
		}
		catch (IOException ex) {
			// Delivered in the meantime
			return gone;
		}
	}

	private void rejected() {
		List<Path> files = files(this.home.resolve("rejected"), ".jsonl");
		files.forEach((file) -> add("rejected", "a receiver refused events for good: " + file.getFileName(),
				"look at them; when their cause is fixed, remove the file"));
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

	private void add(String part, String text, @Nullable String action) {
		this.checks.add(new HealthCheck(part, text, action));
	}

}
