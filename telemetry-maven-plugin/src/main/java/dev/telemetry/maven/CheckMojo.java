package dev.telemetry.maven;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

import javax.inject.Inject;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Does what {@code manifest} does, and compares the manifest with the one that was
 * reviewed: fails when more is collected.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "check", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true,
		requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME)
public final class CheckMojo extends AbstractManifestMojo {

	/** What was reviewed: a manifest that is in the repository. */
	@Parameter(defaultValue = "${project.basedir}/telemetry-baseline.json", required = true)
	private File baseline;

	/** Whether the build fails while there is no baseline. */
	@Parameter(property = "telemetry-maven.requireBaseline", defaultValue = "true")
	private boolean requireBaseline;

	/**
	 * Create the goal.
	 * @param toolchains know with which JDK the project is compiled
	 */
	@Inject
	public CheckMojo(ToolchainManager toolchains) {
		super(toolchains);
	}

	@Override
	List<String> arguments() {
		List<String> arguments = new ArrayList<>(List.of("--baseline", this.baseline.getAbsolutePath()));
		if (this.requireBaseline) {
			arguments.add("--require-baseline");
		}
		return arguments;
	}

	@Override
	String failure() {
		return "Something has to be fixed, or more is collected than was reviewed: the lines above say what";
	}

}
