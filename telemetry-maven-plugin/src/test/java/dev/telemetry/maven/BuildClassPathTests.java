package dev.telemetry.maven;

import java.nio.file.Path;
import java.util.List;

import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose libraries count where a project and the plugin have the same. */
class BuildClassPathTests {

	private static final Path HERE = Path.of("").toAbsolutePath();

	@Test
	void versionsOfTheProjectCountAndThoseOfThePluginFillTheGaps() {
		PluginDescriptor plugin = new PluginDescriptor();
		plugin.setArtifacts(List.of(jar("spring-core", "7.0.9"), jar("snakeyaml", "2.5")));
		Artifact unresolved = jar("optional", "1");
		unresolved.setFile(null);
		BuildClassPath classPath = new BuildClassPath(List.of(jar("spring-core", "7.0.3"), unresolved), plugin);
		assertThat(classPath.startingWith(Path.of("classes"))).containsExactly(HERE.resolve("classes"),
				HERE.resolve("spring-core-7.0.3.jar"), HERE.resolve("snakeyaml-2.5.jar"));
	}

	private static Artifact jar(String name, String version) {
		return SmallProject.artifact("com.example", name, version, Path.of(name + "-" + version + ".jar"));
	}

}
