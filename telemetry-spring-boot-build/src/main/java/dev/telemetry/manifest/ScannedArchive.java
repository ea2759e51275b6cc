package dev.telemetry.manifest;

import java.util.List;

import dev.telemetry.spec.manifest.TelemetryManifest;

/**
 * What was found in an archive.
 *
 * @param manifest what it declares
 * @param findings what has to be fixed in it, a line each
 * @param notes what could not be seen, or has to be fixed elsewhere, a line each
 */
record ScannedArchive(TelemetryManifest manifest, List<String> findings, List<String> notes) {

	ScannedArchive {
		findings = List.copyOf(findings);
		notes = List.copyOf(notes);
	}

}
