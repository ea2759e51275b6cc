package dev.telemetry.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/**
 * Starts the step that writes the manifest, {@code TelemetryManifestBuild}, in a process
 * of its own: the versions of the project decide, and its classes never get into the
 * process of Maven.
 */
@SuppressWarnings("NullAway.Init")
abstract class AbstractManifestMojo extends AbstractTelemetryMojo {

	private static final int FOUND = 1;

	private final ToolchainManager toolchains;

	@Parameter(defaultValue = "${session}", readonly = true, required = true)
	private MavenSession session;

	@Parameter(defaultValue = "${plugin}", readonly = true, required = true)
	private PluginDescriptor plugin;

	/** Where the classes and resources of the project were compiled to. */
	@Parameter(defaultValue = "${project.build.outputDirectory}", required = true)
	private File classesDirectory;

	/**
	 * Where to write the manifest. By default {@code META-INF/telemetry-manifest.json} of
	 * the classes, from where it gets into the archive.
	 */
	@Parameter
	private @Nullable File manifest;

	/** Whether the build passes although something has to be fixed. */
	@Parameter(property = "telemetry-maven.allowFindings", defaultValue = "false")
	private boolean allowFindings;

	AbstractManifestMojo(ToolchainManager toolchains) {
		this.toolchains = toolchains;
	}

	/**
	 * Return what else the step is told.
	 * @return its arguments
	 */
	abstract List<String> arguments();

	/**
	 * Say why the build fails when the step found something.
	 * @return a sentence
	 */
	abstract String failure();

	@Override
	final void run() throws MojoExecutionException, MojoFailureException {
		if (!this.classesDirectory.isDirectory()) {
			getLog().info("There is no " + shown(this.classesDirectory.toPath()) + ": nothing is declared");
			return;
		}
		BuildClassPath classPath = new BuildClassPath(this.project.getArtifacts(), this.plugin);
		String other = classPath.otherVersion();
		if (other != null) {
			throw new MojoExecutionException("telemetry-maven-plugin is " + this.plugin.getVersion()
					+ " and the project uses " + other + "; give both the same version");
		}
		BuildProcess process = new BuildProcess(java(), this.project.getBasedir().toPath(),
				Path.of(this.project.getBuild().getDirectory(), "telemetry"));
		List<String> lines = new ArrayList<>();
		int code;
		try {
			code = process.run(classPath.startingWith(this.classesDirectory.toPath()), allArguments(), lines::add);
		}
		catch (IOException ex) {
			throw new MojoExecutionException("The step of the build cannot be started: " + ex.getMessage(), ex);
		}
		lines.forEach((line) -> log(line, code));
		if (code == FOUND) {
			throw new MojoFailureException(failure());
		}
		if (code != 0) {
			throw new MojoExecutionException("The manifest could not be written: the lines above say why");
		}
	}

	private void log(String line, int code) {
		if (code == 0) {
			getLog().info(line);
		}
		else {
			getLog().error(line);
		}
	}

	private List<String> allArguments() {
		List<String> arguments = new ArrayList<>(List.of("--classes", this.classesDirectory.getAbsolutePath()));
		File to = this.manifest;
		if (to != null) {
			arguments.addAll(List.of("--to", to.getAbsolutePath()));
		}
		if (this.allowFindings) {
			arguments.add("--allow-findings");
		}
		arguments.addAll(arguments());
		return arguments;
	}

	/** The one for which the project is compiled, if toolchains say which. */
	private Path java() {
		Toolchain toolchain = this.toolchains.getToolchainFromBuildContext("jdk", this.session);
		@Nullable String tool = (toolchain != null) ? toolchain.findTool("java") : null;
		return (tool != null) ? Path.of(tool) : Path.of(System.getProperty("java.home"), "bin", "java");
	}

}
