package dev.telemetry.maven;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.telemetry.spec.lint.LintFinding;
import dev.telemetry.spec.lint.TelemetrySpecLinter;
import dev.telemetry.spec.reader.TelemetrySpecReader;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with the specs of the project, where, and how to fix it; fails when
 * something is. It reads the files as they are in the project, before anything is
 * compiled.
 */
@Mojo(name = "lint", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true)
public final class LintMojo extends AbstractTelemetryMojo {

	private static final String SUFFIX = ".telemetry.yaml";

	/**
	 * Folders with files named {@code *.telemetry.yaml}. By default the folder
	 * {@code telemetry} of each directory of resources, where applications look.
	 */
	@Parameter
	private @Nullable List<File> specs;

	/** Whether the build passes although something was found. */
	@Parameter(property = "telemetry-maven.allowFindings", defaultValue = "false")
	private boolean allowFindings;

	@Override
	void run() throws MojoExecutionException, MojoFailureException {
		Map<String, byte[]> files = new LinkedHashMap<>();
		try {
			for (Path folder : folders()) {
				read(folder, files);
			}
		}
		catch (IOException ex) {
			throw new MojoExecutionException("A spec cannot be read: " + ex.getMessage(), ex);
		}
		if (files.isEmpty()) {
			getLog().info("No specs were found in " + folders().stream().map(this::shown).toList());
			return;
		}
		List<LintFinding> findings = new TelemetrySpecLinter(LocalDate.now(ZoneOffset.UTC)).lint(files);
		findings.forEach((finding) -> getLog().warn(finding.toString()));
		String count = Counted.of(findings.size(), "finding") + " in " + Counted.of(files.size(), "spec");
		if (!findings.isEmpty() && !this.allowFindings) {
			throw new MojoFailureException(count + ": fix the specs, or allow a finding with a comment");
		}
		getLog().info(count);
	}

	private List<Path> folders() {
		List<File> named = this.specs;
		return (named != null) ? named.stream().map(File::toPath).toList()
				: this.project.getResources()
					.stream()
					.map((resource) -> Path.of(resource.getDirectory(), "telemetry"))
					.toList();
	}

	private void read(Path folder, Map<String, byte[]> files) throws IOException {
		if (!Files.isDirectory(folder)) {
			return;
		}
		try (Stream<Path> entries = Files.list(folder)) {
			for (Path file : entries.filter(LintMojo::isSpec).sorted().toList()) {
				try (InputStream in = Files.newInputStream(file)) {
					// One more than is allowed: the reader says so
					files.put(shown(file), in.readNBytes(TelemetrySpecReader.MAX_BYTES + 1));
				}
			}
		}
	}

	private static boolean isSpec(Path file) {
		return file.toString().endsWith(SUFFIX) && Files.isRegularFile(file);
	}

}
