package dev.telemetry.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import javax.tools.ToolProvider;

import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Build;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.Mojo;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;

import org.springframework.test.util.ReflectionTestUtils;

import static org.mockito.Mockito.mock;

/** A small project, and the goals as Maven would configure them for it. */
final class SmallProject {

	static final String VERSION = "1.2.3";

	private final Path root;

	private final MavenProject project = new MavenProject();

	private final PluginDescriptor plugin = new PluginDescriptor();

	private final List<String> said = new ArrayList<>();

	SmallProject(Path root) throws IOException {
		this.root = root;
		Files.createDirectories(classes());
		this.project.setFile(root.resolve("pom.xml").toFile());
		this.project.setPackaging("jar");
		Build build = new Build();
		build.setDirectory(root.resolve("target").toString());
		build.setOutputDirectory(classes().toString());
		Resource resource = new Resource();
		resource.setDirectory(root.resolve("src/main/resources").toString());
		build.addResource(resource);
		this.project.setBuild(build);
		this.project.setArtifacts(Set.of());
		this.plugin.setVersion(VERSION);
		this.plugin.setArtifacts(classPath());
	}

	/** What this test runs with is what the plugin brings. */
	private static List<Artifact> classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((path) -> artifact("com.example", path, "1", Path.of(path)))
			.toList();
	}

	static Artifact artifact(String group, String name, String version, Path file) {
		DefaultArtifactHandler handler = new DefaultArtifactHandler("jar");
		handler.setAddedToClasspath(true);
		Artifact artifact = new DefaultArtifact(group, name, version, "compile", "jar", null, handler);
		artifact.setFile(file.toFile());
		return artifact;
	}

	Path classes() {
		return this.root.resolve("target/classes");
	}

	Path manifest() {
		return classes().resolve("META-INF/telemetry-manifest.json");
	}

	Path baseline() {
		return this.root.resolve("telemetry-baseline.json");
	}

	MavenProject project() {
		return this.project;
	}

	List<String> said() {
		return this.said;
	}

	SmallProject uses(Artifact... artifacts) {
		this.project.setArtifacts(new LinkedHashSet<>(List.of(artifacts)));
		return this;
	}

	SmallProject spec(String name, String yaml) throws IOException {
		for (Path folder : List.of(this.root.resolve("src/main/resources"), classes())) {
			Files.createDirectories(folder.resolve("telemetry"));
			Files.writeString(folder.resolve("telemetry").resolve(name), yaml);
		}
		return this;
	}

	/** Compile a class whose method records an event with these parameters. */
	SmallProject records(String parameters) throws IOException {
		Path file = Files.writeString(this.root.resolve("OrderService.java"), """
				package com.example;
				import dev.telemetry.annotation.*;
				public class OrderService {
					@TelemetryEvent(value = "order.placed", purpose = "plan the stock")
					public void place(%s) { }
				}
				""".formatted(parameters));
		int failed = ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-proc:none", "-parameters", "-cp", System.getProperty("java.class.path"), "-d",
					classes().toString(), file.toString());
		if (failed != 0) {
			throw new IllegalArgumentException(parameters + " cannot be compiled");
		}
		return this;
	}

	/** Do as the message says: copy the manifest over the baseline. */
	void accept() throws IOException {
		Files.copy(manifest(), baseline(), StandardCopyOption.REPLACE_EXISTING);
	}

	LintMojo lint() {
		return configured(new LintMojo());
	}

	ManifestMojo manifestGoal() {
		return scanning(new ManifestMojo(mock(ToolchainManager.class)));
	}

	CheckMojo check() {
		CheckMojo check = scanning(new CheckMojo(mock(ToolchainManager.class)));
		ReflectionTestUtils.setField(check, "baseline", baseline().toFile());
		ReflectionTestUtils.setField(check, "requireBaseline", true);
		return check;
	}

	DictionaryMojo dictionary(Path page, DictionaryMojo.Format format) {
		DictionaryMojo dictionary = configured(new DictionaryMojo());
		ReflectionTestUtils.setField(dictionary, "manifest", manifest().toFile());
		ReflectionTestUtils.setField(dictionary, "page", page.toFile());
		ReflectionTestUtils.setField(dictionary, "format", format);
		return dictionary;
	}

	private <M extends AbstractManifestMojo> M scanning(M mojo) {
		ReflectionTestUtils.setField(mojo, "plugin", this.plugin);
		ReflectionTestUtils.setField(mojo, "classesDirectory", classes().toFile());
		return configured(mojo);
	}

	private <M extends AbstractTelemetryMojo> M configured(M mojo) {
		ReflectionTestUtils.setField(mojo, "project", this.project);
		((Mojo) mojo).setLog(new RecordingLog());
		return mojo;
	}

	/** Remembers what a goal says. */
	private final class RecordingLog extends SystemStreamLog {

		@Override
		public void info(CharSequence content) {
			SmallProject.this.said.add("info: " + content);
		}

		@Override
		public void warn(CharSequence content) {
			SmallProject.this.said.add("warn: " + content);
		}

		@Override
		public void error(CharSequence content) {
			SmallProject.this.said.add("error: " + content);
		}

	}

}
