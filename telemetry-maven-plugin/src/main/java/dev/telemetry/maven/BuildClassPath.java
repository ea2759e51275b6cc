package dev.telemetry.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The class path with which a project is scanned: its own libraries in its own versions,
 * and behind them those of the plugin that the project does not have.
 */
final class BuildClassPath {

	private static final String OURS = "dev.telemetry";

	private final Collection<Artifact> project;

	private final PluginDescriptor plugin;

	BuildClassPath(Collection<Artifact> project, PluginDescriptor plugin) {
		this.project = project;
		this.plugin = plugin;
	}

	/**
	 * Look for a library of ours in another version than that of the plugin: halves of
	 * two versions do not fit together.
	 * @return what the project uses, or {@code null} if that fits
	 */
	@Nullable String otherVersion() {
		return this.project.stream()
			.filter((artifact) -> OURS.equals(artifact.getGroupId())
					&& artifact.getArtifactId().startsWith("telemetry-"))
			.filter((artifact) -> !artifact.getBaseVersion().equals(this.plugin.getVersion()))
			.map((artifact) -> artifact.getArtifactId() + " " + artifact.getBaseVersion())
			.findFirst()
			.orElse(null);
	}

	List<Path> startingWith(Path classes) {
		Set<Path> paths = new LinkedHashSet<>();
		paths.add(classes.toAbsolutePath());
		Set<String> known = this.project.stream().map(BuildClassPath::name).collect(Collectors.toSet());
		add(paths, this.project);
		add(paths, this.plugin.getArtifacts().stream().filter((artifact) -> !known.contains(name(artifact))).toList());
		return new ArrayList<>(paths);
	}

	private static void add(Set<Path> paths, Collection<Artifact> artifacts) {
		for (Artifact artifact : artifacts) {
			@Nullable File file = artifact.getFile();
			if (file != null && artifact.getArtifactHandler().isAddedToClasspath()) {
				paths.add(file.toPath().toAbsolutePath());
			}
		}
	}

	private static String name(Artifact artifact) {
		String classifier = artifact.hasClassifier() ? artifact.getClassifier() : "";
		return artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + classifier;
	}

}
