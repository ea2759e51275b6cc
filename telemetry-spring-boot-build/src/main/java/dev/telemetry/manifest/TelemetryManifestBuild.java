package dev.telemetry.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

import dev.telemetry.consent.notice.NoticeDifference.Kind;
import dev.telemetry.spec.diff.SpecChange;
import dev.telemetry.spec.diff.SpecDiff;
import dev.telemetry.spec.manifest.TelemetryManifest;
import dev.telemetry.spec.reader.TelemetrySpecException;
import org.jspecify.annotations.Nullable;

/**
 * A step of a build: writes down what an archive declares, judges it, and compares it
 * with what was reviewed. Any build tool can start it with the class path of the project.
 * It loads the classes of the project and does not initialise them.
 */
public final class TelemetryManifestBuild {

	private static final int DONE = 0;

	private static final int FOUND = 1;

	private static final int FAILED = 2;

	private final BuildRequest request;

	private final PrintStream out;

	private TelemetryManifestBuild(BuildRequest request, PrintStream out) {
		this.request = request;
		this.out = out;
	}

	/**
	 * Run the step and end this process: with 0 when all is well, 1 when something was
	 * found or more is collected than was reviewed, and 2 when it could not be done.
	 * @param args {@code --classes} with a directory, as often as needed, and what else
	 * the documentation says
	 */
	public static void main(String... args) {
		int code = run(System.out, TelemetryManifestBuild.class.getClassLoader(), LocalDate.now(ZoneOffset.UTC), args);
		// What was found must not get lost behind a log that is full
		System.exit((code == DONE && System.out.checkError()) ? FAILED : code);
	}

	/**
	 * Run the step.
	 * @param out takes what is said
	 * @param classLoader has the classes of the project and all they need
	 * @param today the day on which they are judged, in UTC
	 * @param args the arguments
	 * @return the exit code
	 */
	public static int run(PrintStream out, ClassLoader classLoader, LocalDate today, String... args) {
		BuildRequest request;
		try {
			request = BuildRequest.parse(args);
		}
		catch (IllegalArgumentException ex) {
			out.println(ex.getMessage() + "; " + BuildRequest.USAGE);
			return FAILED;
		}
		try {
			return new TelemetryManifestBuild(request, out).run(classLoader, today);
		}
		catch (TelemetrySpecException ex) {
			out.println(ex.getMessage());
		}
		catch (IOException | UncheckedIOException ex) {
			out.println("A file cannot be read or written: " + ex.getMessage());
		}
		return FAILED;
	}

	private int run(ClassLoader classLoader, LocalDate today) throws IOException, TelemetrySpecException {
		ScannedArchive archive = new JarScan(this.request.directories(), classLoader).scan(today);
		write(archive.manifest());
		archive.notes().forEach((note) -> this.out.println("note: " + note));
		archive.findings().forEach(this.out::println);
		boolean found = !archive.findings().isEmpty() && !this.request.findingsAllowed();
		// Both are said, so that both can be fixed at once
		boolean widened = !isReviewed(archive.manifest());
		return (found || widened) ? FOUND : DONE;
	}

	/** It is no secret: it goes into the archive as classes do. */
	private void write(TelemetryManifest manifest) throws IOException {
		Path file = this.request.output().toAbsolutePath();
		byte[] json = manifest.toJson();
		if (!Files.exists(file) || !Arrays.equals(json, Files.readAllBytes(file))) {
			Files.createDirectories(file.getParent());
			Files.write(file, json);
		}
		this.out.println(shown(this.request.output()) + " declares " + counted(manifest.events().size(), "event"));
	}

	/** A build names everything from its root, a reader from where the project is. */
	private static String shown(Path file) {
		Path here = Path.of("").toAbsolutePath();
		return (file.isAbsolute() && file.startsWith(here)) ? here.relativize(file).toString() : file.toString();
	}

	private static String counted(int count, String what) {
		return count + " " + what + ((count == 1) ? "" : "s");
	}

	private boolean isReviewed(TelemetryManifest manifest) throws IOException, TelemetrySpecException {
		Path baseline = this.request.baseline();
		if (baseline == null) {
			return true;
		}
		if (!Files.exists(baseline)) {
			this.out.println("There is no " + shown(baseline) + " to compare with: copy " + shown(this.request.output())
					+ " there, have it reviewed, and commit it");
			return !this.request.baselineRequired();
		}
		List<SpecChange> changes = SpecDiff.between(read(baseline), manifest);
		changes.forEach(this.out::println);
		@Nullable Kind most = SpecDiff.most(changes);
		if (most != null) {
			this.out.println(((most == Kind.WIDER) ? "More is collected than was reviewed in " + shown(baseline)
					: shown(baseline) + " is old") + ": copy " + shown(this.request.output())
					+ " over it, and have the change reviewed");
		}
		return most != Kind.WIDER;
	}

	private static TelemetryManifest read(Path baseline) throws IOException, TelemetrySpecException {
		try (InputStream in = Files.newInputStream(baseline)) {
			// One more than is allowed: the reader says so
			return TelemetryManifest.read(shown(baseline), in.readNBytes(TelemetryManifest.MAX_BYTES + 1));
		}
	}

}
