package dev.telemetry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.telemetry.spec.SpecProvider;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.manifest.ManifestEvent;
import dev.telemetry.spec.manifest.TelemetryManifest;
import dev.telemetry.spec.reader.TelemetrySpecException;
import dev.telemetry.spec.reader.TelemetrySpecReader;
import org.jspecify.annotations.Nullable;

/**
 * What one archive says about what it collects: an application, or a library in it. Its
 * classes are looked at as bytes; none is loaded.
 */
final class ArchivePart {

	private static final String OURS = "telemetry-spring-boot-autoconfigure";

	private static final Pattern VERSION = Pattern.compile(".*" + OURS + "-([0-9][^/]*)\\.jar");

	private static final Pattern SPEC = Pattern.compile("telemetry/[^/]+\\.telemetry\\.yaml");

	/** In the constant pool of every class that uses the annotation, or is made of it. */
	private static final String ANNOTATION = "Ldev/telemetry/annotation/TelemetryEvent;";

	/** What every job of Spring Batch that can be recorded is made of. */
	private static final String BATCH = "org/springframework/batch/core/job/AbstractJob.class";

	private static final int MAX_CLASS = 16 * 1024 * 1024;

	private final String name;

	private final Map<String, byte[]> specs = new TreeMap<>();

	private final List<String> annotated = new ArrayList<>();

	private byte @Nullable [] manifest;

	private boolean batch;

	ArchivePart(String name) {
		this.name = name;
	}

	/**
	 * Look at a file of the archive.
	 * @param path its path in the archive
	 * @param in its content, of which no more is read than counts
	 * @throws IOException if it cannot be read
	 */
	void look(String path, InputStream in) throws IOException {
		// One more than is allowed: the readers say so
		this.batch |= path.equals(BATCH);
		if (path.equals(TelemetryManifest.LOCATION)) {
			this.manifest = in.readNBytes(TelemetryManifest.MAX_BYTES + 1);
		}
		else if (SPEC.matcher(path).matches()) {
			this.specs.put(path, in.readNBytes(TelemetrySpecReader.MAX_BYTES + 1));
		}
		else if (path.endsWith(".class") && !this.name.contains(OURS)) {
			byte[] bytes = in.readNBytes(MAX_CLASS);
			if (new String(bytes, StandardCharsets.ISO_8859_1).contains(ANNOTATION)) {
				this.annotated.add(path.substring(0, path.length() - ".class".length()).replace('/', '.'));
			}
		}
	}

	String name() {
		return this.name;
	}

	/** Return whether a spec in it makes an application drop what nothing declares. */
	boolean specified() {
		return !this.specs.isEmpty();
	}

	/** Return whether this is Spring Batch, whose jobs our library records. */
	boolean runsJobs() {
		return this.batch;
	}

	/** Return which version of our library this is, or {@code null} if it is another. */
	@Nullable String library() {
		Matcher matcher = VERSION.matcher(this.name);
		return matcher.matches() ? matcher.group(1) : null;
	}

	/**
	 * Return what it declares. The manifest of a build knows its specs, and the code.
	 * @param findings takes what cannot be told, but for what the manifest says of it
	 * @return the manifest, or what its specs say
	 * @throws UserException if its manifest is none
	 */
	TelemetryManifest declared(List<String> findings) {
		byte[] json = this.manifest;
		if (json != null) {
			return parse(json);
		}
		if (!this.annotated.isEmpty()) {
			findings.add(this.name + " uses @TelemetryEvent, first in " + this.annotated.get(0)
					+ ", but was built without the step that writes down what it declares; add the step to its build");
		}
		List<ManifestEvent> events = new ArrayList<>();
		// Of two that collide the first one counts, as in the application
		this.specs.forEach((path, yaml) -> read(path, yaml, findings).stream()
			.filter((event) -> events.stream().noneMatch((other) -> isSame(other, event)))
			.forEach(events::add));
		return new TelemetryManifest(events, List.of());
	}

	private TelemetryManifest parse(byte[] json) {
		try {
			return TelemetryManifest.read(TelemetryManifest.LOCATION, json);
		}
		catch (TelemetrySpecException ex) {
			throw new UserException("'" + this.name + "' has a manifest that is none: " + ex.getMessage(),
					"build it anew");
		}
	}

	private List<ManifestEvent> read(String path, byte[] yaml, List<String> findings) {
		try {
			TelemetrySpec spec = TelemetrySpecReader.read(path, yaml);
			List<String> receivers = spec.providers().stream().map(SpecProvider::sink).toList();
			return spec.events()
				.stream()
				.map((event) -> new ManifestEvent(event, receivers, List.of(place(String.valueOf(event.origin())))))
				.toList();
		}
		catch (TelemetrySpecException ex) {
			findings.add("a spec of " + this.name + " cannot be read, so the application leaves it out: "
					+ ex.problems().get(0));
			return List.of();
		}
	}

	/** File and line, as a manifest has it. */
	private static String place(String origin) {
		return origin.replaceFirst(":\\d+$", "");
	}

	static boolean isSame(ManifestEvent one, ManifestEvent other) {
		return one.definition().name().equals(other.definition().name())
				&& one.definition().version().equals(other.definition().version());
	}

}
