package dev.telemetry.maven;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.telemetry.spec.dictionary.DataDictionary;
import dev.telemetry.spec.manifest.TelemetryManifest;
import dev.telemetry.spec.reader.TelemetrySpecException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Writes the manifest as a page for people, or fails when a page in the repository is not
 * what the manifest says.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "dictionary", defaultPhase = LifecyclePhase.PREPARE_PACKAGE, threadSafe = true)
public final class DictionaryMojo extends AbstractTelemetryMojo {

	/** The manifest that {@code manifest} or {@code check} have written. */
	@Parameter(defaultValue = "${project.build.outputDirectory}/META-INF/telemetry-manifest.json", required = true)
	private File manifest;

	/** The page. */
	@Parameter(property = "telemetry-maven.page", defaultValue = "${project.build.directory}/TELEMETRY.md",
			required = true)
	private File page;

	/** The form of the page. */
	@Parameter(defaultValue = "markdown", required = true)
	private Format format;

	/** Whether to write nothing, and fail when the page is not up to date. */
	@Parameter(property = "telemetry-maven.compare", defaultValue = "false")
	private boolean compare;

	@Override
	void run() throws MojoExecutionException, MojoFailureException {
		Path from = this.manifest.toPath();
		if (!Files.exists(from)) {
			throw new MojoExecutionException(
					"There is no " + shown(from) + "; add the goal 'manifest' or 'check', which write it");
		}
		try {
			DataDictionary dictionary = DataDictionary.of(read(from));
			write((this.format == Format.html) ? dictionary.toHtml() : dictionary.toMarkdown());
		}
		catch (TelemetrySpecException ex) {
			throw new MojoExecutionException(ex.getMessage(), ex);
		}
		catch (IOException ex) {
			throw new MojoExecutionException("A file cannot be read or written: " + ex.getMessage(), ex);
		}
	}

	private TelemetryManifest read(Path file) throws IOException, TelemetrySpecException {
		try (InputStream in = Files.newInputStream(file)) {
			// One more than is allowed: the reader says so
			return TelemetryManifest.read(shown(file), in.readNBytes(TelemetryManifest.MAX_BYTES + 1));
		}
	}

	private void write(String text) throws IOException, MojoFailureException {
		Path file = this.page.toPath();
		@Nullable String present = Files.exists(file) ? Files.readString(file) : null;
		if (text.equals(present)) {
			getLog().info(shown(file) + " is up to date");
			return;
		}
		if (this.compare) {
			throw new MojoFailureException(shown(file)
					+ " is not what the manifest says; write it again with -Dtelemetry-maven.compare=false");
		}
		if (present != null && !DataDictionary.isPage(present)) {
			throw new MojoFailureException(
					"'" + shown(file) + "' exists and was not written by this goal; use another name");
		}
		Files.createDirectories(file.toAbsolutePath().getParent());
		Files.writeString(file, text);
		getLog().info("Wrote " + shown(file));
	}

	/** The forms of a page, named as they are written in a POM. */
	enum Format {

		markdown, html

	}

}
