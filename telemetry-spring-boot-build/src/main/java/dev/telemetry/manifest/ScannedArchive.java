package dev.telemetry.manifest;

import java.util.List;

import dev.telemetry.spec.TelemetryManifest;

/**
 * What was found in an archive.
 *
 * @param manifest what it declares
 * @param findings what has to be mended in it, a line each
 * @param notes what could not be seen, or has to be mended elsewhere, a line each
 */
record ScannedArchive(TelemetryManifest manifest, List<String> findings, List<String> notes) {

	ScannedArchive {
		findings = List.copyOf(findings);
		notes = List.copyOf(notes);
	}

}
