package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.telemetry.batch.BatchEvents;
import dev.telemetry.spec.manifest.ManifestEvent;
import dev.telemetry.spec.manifest.TelemetryManifest;
import org.jspecify.annotations.Nullable;

/**
 * What an application would collect, as far as its archive can tell: what every build
 * that went into it wrote down, and the specs of those that wrote nothing down.
 *
 * @param declared what each archive in it declares
 * @param specified whether there is a spec, so that what nothing declares is dropped
 * @param library the version of the library in it, or {@code null}
 * @param computed the places that declare events only when the application runs
 * @param findings what else cannot be told
 */
record ArchiveScan(List<Declared> declared, boolean specified, @Nullable String library, List<String> computed,
		List<String> findings) {

	ArchiveScan {
		declared = List.copyOf(declared);
		computed = List.copyOf(computed);
		findings = List.copyOf(findings);
	}

	/**
	 * Scan.
	 * @param world where relative names begin
	 * @param name a jar, a war or a directory of classes
	 * @return what was found
	 * @throws UserException if it cannot be read
	 */
	static ArchiveScan of(CommandEnvironment world, String name) {
		Path place = world.path(name);
		if (!Files.exists(place)) {
			throw new UserException("'" + name + "' does not exist", "name a jar, a war or a directory of classes");
		}
		try {
			return of(ArchiveReader.read(place));
		}
		catch (IOException ex) {
			throw SpecFiles.unreadable(name, ex);
		}
	}

	private static ArchiveScan of(List<ArchivePart> parts) {
		List<String> findings = new ArrayList<>();
		List<Declared> declared = new ArrayList<>();
		List<String> computed = new ArrayList<>();
		for (ArchivePart part : parts) {
			TelemetryManifest manifest = part.declared(findings);
			manifest.events().forEach((event) -> declared.add(new Declared(part.name(), event)));
			computed.addAll(manifest.computed());
		}
		parts.stream().filter(ArchivePart::runsJobs).findFirst().ifPresent((part) -> declared.addAll(jobs(part)));
		declared.sort(Comparator.comparing(Declared::name).thenComparing(Declared::version));
		return new ArchiveScan(declared, parts.stream().anyMatch(ArchivePart::specified),
				parts.stream().map(ArchivePart::library).filter(Objects::nonNull).findFirst().orElse(null), computed,
				findings);
	}

	/** An application that has Spring Batch has jobs, or has no use for it. */
	private static List<Declared> jobs(ArchivePart batch) {
		return Stream.of(BatchEvents.JOB_ENDED, BatchEvents.STEP_ENDED)
			.map((event) -> new Declared(batch.name(),
					new ManifestEvent(event, List.of(), List.of("each job of Spring Batch"))))
			.toList();
	}

	/** Return everything that cannot be told, in words for people. */
	List<String> untold() {
		List<String> untold = new ArrayList<>(this.findings);
		this.computed.forEach((place) -> untold
			.add(place + " declares events only when the application runs; look at its notice then"));
		return untold;
	}

	/**
	 * Return the whole as one manifest; what is declared twice counts as the first.
	 * @param name what the user named
	 * @return the manifest
	 * @throws UserException if there is something that it could not say
	 */
	TelemetryManifest manifest(String name) {
		if (!this.findings.isEmpty()) {
			throw new UserException("'" + name + "' does not tell all it declares: " + this.findings.get(0),
					"'scan' shows what it tells");
		}
		List<ManifestEvent> events = new ArrayList<>();
		for (Declared one : this.declared) {
			if (events.stream().noneMatch((event) -> ArchivePart.isSame(event, one.event()))) {
				events.add(one.event());
			}
		}
		return new TelemetryManifest(events, this.computed);
	}

	/**
	 * An event that an archive declares.
	 *
	 * @param archive the name of the archive
	 * @param event the event
	 */
	record Declared(String archive, ManifestEvent event) {

		String name() {
			return this.event.definition().name();
		}

		String version() {
			return this.event.definition().version();
		}

	}

}
