package dev.telemetry.maven;

import java.util.List;

import javax.inject.Inject;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Writes down what the specs and the annotations of the project declare, and fails when
 * something in it has to be fixed. No application is started.
 */
@Mojo(name = "manifest", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true,
		requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME)
public final class ManifestMojo extends AbstractManifestMojo {

	/**
	 * Create the goal.
	 * @param toolchains know with which JDK the project is compiled
	 */
	@Inject
	public ManifestMojo(ToolchainManager toolchains) {
		super(toolchains);
	}

	@Override
	List<String> arguments() {
		return List.of();
	}

	@Override
	String failure() {
		return "Something that the project declares has to be fixed: the lines above say what";
	}

}
