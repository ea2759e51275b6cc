package dev.telemetry.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.telemetry.aspect.DeclaredEvents;
import dev.telemetry.aspect.TelemetryEventScanner;
import dev.telemetry.declaration.Declarations;
import dev.telemetry.declaration.SpecFiles;
import dev.telemetry.problem.Problem;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.SpecProvider;
import dev.telemetry.spec.SpecFormatter;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.lint.TelemetrySpecLinter;
import dev.telemetry.spec.manifest.ManifestEvent;
import dev.telemetry.spec.manifest.TelemetryManifest;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;

/**
 * Finds what an archive declares, in the way in which the application will: by the same
 * specs, the same scanner and the same registry. Specs of other archives count where an
 * event of theirs is recorded here. Used once, by one thread.
 */
final class JarScan {

	private final ArchiveFiles files;

	private final ArchiveClasses classes;

	private final ClassLoader classLoader;

	private final TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());

	private final Map<EventKey, Set<String>> places = new LinkedHashMap<>();

	private final List<String> findings = new ArrayList<>();

	private final List<String> notes = new ArrayList<>();

	/**
	 * Create a scan.
	 * @param directories where the classes and resources of the archive are
	 * @param classLoader has them and all they need on its class path
	 * @throws IOException if a directory cannot be read
	 */
	JarScan(List<Path> directories, ClassLoader classLoader) throws IOException {
		List<Path> existing = directories.stream().filter(Files::isDirectory).toList();
		if (existing.isEmpty()) {
			throw new NoSuchFileException(directories.toString(), null, "no such directory; compile the project first");
		}
		this.files = new ArchiveFiles(existing, classLoader);
		this.classes = new ArchiveClasses(existing, classLoader);
		this.classLoader = classLoader;
	}

	/**
	 * Scan the archive.
	 * @param today the day on which it is judged, in UTC
	 * @return what was found
	 */
	ScannedArchive scan(LocalDate today) {
		this.classes.skipped()
			.forEach((name, reason) -> this.notes.add(name + " is left out: it cannot be loaded, " + reason));
		specs();
		annotations();
		TelemetryManifest manifest = new TelemetryManifest(this.places.keySet().stream().map(this::event).toList(),
				ComputedDeclarations.find(this.classes.all()));
		TelemetrySpecLinter linter = new TelemetrySpecLinter(today);
		List<String> all = new ArrayList<>();
		if (!this.files.specs().isEmpty()) {
			linter.lint(this.files.specs()).forEach((finding) -> all.add(finding.toString()));
		}
		linter.lint(manifest, DeclaredEvents.MEASURED).forEach((finding) -> all.add(finding.toString()));
		all.addAll(this.findings);
		return new ScannedArchive(manifest, all, this.notes);
	}

	private void specs() {
		SpecFiles found = new SpecFiles(List.of(SpecFiles.DEFAULT), this.classLoader, this::unreadable);
		for (TelemetrySpec spec : found.specs()) {
			boolean own = this.files.isOwn(spec.origin());
			Declarations.register(this.registry, spec, own ? this::mistake : this::elsewhere);
		}
		for (TelemetrySpec spec : this.registry.specs()) {
			if (this.files.isOwn(spec.origin())) {
				spec.events().forEach((event) -> place(event, ArchiveFiles.place(String.valueOf(event.origin()))));
			}
		}
	}

	/** What is wrong with a spec of this archive is found by the linter, all at once. */
	private void unreadable(Problem problem) {
		if (!this.files.isOwn(problem.origin())) {
			elsewhere(problem);
		}
	}

	private void annotations() {
		TelemetryEventScanner scanner = new TelemetryEventScanner(true, this::mistake);
		for (Class<?> type : this.classes.beanClasses()) {
			scanner.scan(type).definitionsByPlace().forEach(this::annotated);
		}
	}

	private void annotated(String place, List<EventDefinition> definitions) {
		for (EventDefinition definition : definitions) {
			Declarations.join(this.registry, definition, this::mistake);
			EventDefinition joined = Objects.requireNonNull(this.registry.findEvent(definition.name()));
			place(joined, place);
			definition.properties().values().forEach((property) -> compare(place, property, joined));
			if (joined.origin() != null) {
				place(joined, ArchiveFiles.place(joined.origin()));
			}
		}
	}

	/** Which of two guesses counts would depend on the order of beans. */
	private void compare(String place, PropertyDefinition guessed, EventDefinition joined) {
		PropertyDefinition known = joined.properties().get(guessed.name());
		if (known != null && known.inferred() && known.type() != guessed.type()) {
			this.findings.add(place + ": conflict: '" + guessed.name() + "' of '" + joined.name() + "' is a "
					+ SpecFormatter.word(guessed.type()) + " here and a " + SpecFormatter.word(known.type())
					+ " elsewhere; declare it in a spec, or name it otherwise");
		}
	}

	private void place(EventDefinition event, String place) {
		this.places.computeIfAbsent(new EventKey(event.name(), event.version()), (key) -> new LinkedHashSet<>())
			.add(place);
	}

	private void mistake(Problem problem) {
		this.findings.add(problem.toString());
	}

	private void elsewhere(Problem problem) {
		this.notes.add(problem.toString());
	}

	private ManifestEvent event(EventKey key) {
		EventDefinition event = Objects.requireNonNull(this.registry.findEvent(key.name(), key.version()));
		TelemetrySpec spec = this.registry.specOf(event);
		List<String> receivers = (spec != null) ? spec.providers().stream().map(SpecProvider::sink).toList()
				: List.of();
		return new ManifestEvent(event, receivers, List.copyOf(Objects.requireNonNull(this.places.get(key))));
	}

	/** An event in one of its versions. */
	private record EventKey(String name, String version) {

	}

}
