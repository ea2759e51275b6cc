package dev.telemetry.maven;

import java.io.File;
import java.nio.file.Path;

import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * What all goals have in common. A project that is packaged as {@code pom} declares
 * nothing, so that a parent can name the plugin for all of its modules.
 */
@SuppressWarnings("NullAway.Init")
abstract class AbstractTelemetryMojo extends AbstractMojo {

	@Parameter(defaultValue = "${project}", readonly = true, required = true)
	protected MavenProject project;

	/**
	 * Whether to do nothing. Its property does not begin with {@code telemetry.}: passed
	 * on to the tests of an application it would be a setting of it, and an unknown one.
	 */
	@Parameter(property = "telemetry-maven.skip", defaultValue = "false")
	private boolean skip;

	@Override
	public final void execute() throws MojoExecutionException, MojoFailureException {
		if (this.skip || "pom".equals(this.project.getPackaging())) {
			getLog().debug("Skipped");
			return;
		}
		run();
	}

	abstract void run() throws MojoExecutionException, MojoFailureException;

	/**
	 * Return a file as it is said to people.
	 * @param file the file
	 * @return its name from where the project is, or as it is if it is elsewhere
	 */
	final String shown(Path file) {
		File directory = this.project.getBasedir();
		Path base = directory.toPath().toAbsolutePath();
		Path absolute = file.toAbsolutePath();
		return absolute.startsWith(base) ? base.relativize(absolute).toString() : absolute.toString();
	}

}
