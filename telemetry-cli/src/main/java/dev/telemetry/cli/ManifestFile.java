package dev.telemetry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.telemetry.spec.manifest.TelemetryManifest;
import dev.telemetry.spec.reader.TelemetrySpecException;

/** A manifest a user named: what a build wrote, or what an archive holds of it. */
final class ManifestFile {

	private static final List<String> ARCHIVES = List.of(".jar", ".war");

	private ManifestFile() {
	}

	static boolean isOne(String name) {
		return name.endsWith(".json") || isArchive(name);
	}

	private static boolean isArchive(String name) {
		return ARCHIVES.stream().anyMatch(name::endsWith);
	}

	/**
	 * Read a manifest.
	 * @param world where relative names begin
	 * @param name the name of the file
	 * @return the manifest
	 * @throws UserException if it cannot be read, or is none
	 */
	static TelemetryManifest read(CommandEnvironment world, String name) {
		Path file = world.path(name);
		if (!Files.isRegularFile(file)) {
			throw new UserException("'" + name + "' is not a file", "name the manifest of a build, or an archive");
		}
		if (isArchive(name)) {
			return ArchiveScan.of(world, name).manifest(name);
		}
		try (InputStream in = Files.newInputStream(file)) {
			// One more than is allowed: the reader says so
			return TelemetryManifest.read(name, in.readNBytes(TelemetryManifest.MAX_BYTES + 1));
		}
		catch (IOException ex) {
			throw SpecFiles.unreadable(name, ex);
		}
		catch (TelemetrySpecException ex) {
			throw new UserException("'" + name + "' is no manifest: " + ex.getMessage(),
					"name one, such as telemetry-baseline.json");
		}
	}

}
