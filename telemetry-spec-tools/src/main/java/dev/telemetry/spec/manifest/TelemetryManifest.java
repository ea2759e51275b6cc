package dev.telemetry.spec.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.reader.TelemetrySpecException;

/**
 * What an archive may collect, as its build wrote it down: every event that its specs and
 * annotations declare. Immutable. Written as JSON that is the same for the same content
 * and has one property a line, so that a change is easy to review. Not in it: which
 * values are anomalies, tags, and what is configured when the application runs.
 */
public final class TelemetryManifest {

	/** Where an archive has its manifest. */
	public static final String LOCATION = "META-INF/telemetry-manifest.json";

	/** The longest text that is read, in bytes. */
	public static final int MAX_BYTES = 4 * 1024 * 1024;

	private final List<ManifestEvent> events;

	private final List<String> computed;

	/**
	 * Create a manifest.
	 * @param events what is declared
	 * @param computed the places that declare events only when the application runs
	 * @throws IllegalArgumentException if an event is there twice in the same version
	 */
	public TelemetryManifest(Collection<ManifestEvent> events, Collection<String> computed) {
		this.events = events.stream()
			.sorted(Comparator.comparing((ManifestEvent event) -> event.definition().name())
				.thenComparing((event) -> event.definition().semanticVersion()))
			.toList();
		this.computed = computed.stream().distinct().sorted().toList();
		Set<List<Object>> known = new HashSet<>();
		for (ManifestEvent event : this.events) {
			EventDefinition definition = event.definition();
			if (!known.add(List.of(definition.name(), definition.semanticVersion().order()))) {
				throw new IllegalArgumentException(
						"'" + definition.name() + "' must not be there twice in version " + definition.version());
			}
		}
	}

	/**
	 * Read a manifest. Fields that are not known are ignored.
	 * @param file where the text comes from, for messages
	 * @param json the text in UTF-8
	 * @return the manifest
	 * @throws TelemetrySpecException if it is none; names file, line and column
	 */
	public static TelemetryManifest read(String file, byte[] json) throws TelemetrySpecException {
		return ManifestReader.read(file, json);
	}

	/**
	 * Return the declared events.
	 * @return a list in the order of names and versions
	 */
	public List<ManifestEvent> events() {
		return this.events;
	}

	/**
	 * Return the places that declare events only when the application runs, so that the
	 * events are not known before.
	 * @return the places in order
	 */
	public List<String> computed() {
		return this.computed;
	}

	/**
	 * Write the manifest.
	 * @return JSON in UTF-8
	 */
	public byte[] toJson() {
		return ManifestWriter.write(this);
	}

	@Override
	public String toString() {
		return "TelemetryManifest[" + this.events.size() + " events]";
	}

}
