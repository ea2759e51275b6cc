package dev.telemetry.manifest;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import javax.tools.ToolProvider;

import dev.telemetry.spec.manifest.TelemetryManifest;
import dev.telemetry.spec.reader.TelemetrySpecException;

/** A project that is compiled, and whose build writes its manifest. */
final class Archive {

	static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

	private final Path root;

	private final List<Path> libraries = new ArrayList<>();

	Archive(Path root) throws IOException {
		this.root = Files.createDirectories(root);
		Files.createDirectories(classes());
	}

	Path classes() {
		return this.root.resolve("classes");
	}

	Path manifestFile() {
		return classes().resolve("META-INF/telemetry-manifest.json");
	}

	Path baseline() {
		return this.root.resolve("telemetry-baseline.json");
	}

	Archive library(Archive library) {
		this.libraries.add(library.classes());
		return this;
	}

	/** Compile a class of the package {@code com.example}. */
	Archive java(String name, String code) throws IOException {
		Path file = Files.writeString(this.root.resolve(name + ".java"), """
				package com.example;
				import dev.telemetry.annotation.*;
				import dev.telemetry.spec.*;
				import org.springframework.context.annotation.Bean;
				import java.util.*;
				""" + code);
		String path = System.getProperty("java.class.path") + File.pathSeparator + classes();
		int failed = ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-proc:none", "-parameters", "-cp", path, "-d", classes().toString(),
					file.toString());
		if (failed != 0) {
			throw new IllegalArgumentException(name + " cannot be compiled");
		}
		return this;
	}

	Archive spec(String name, String yaml) throws IOException {
		Path folder = Files.createDirectories(classes().resolve("telemetry"));
		Files.writeString(folder.resolve(name + ".telemetry.yaml"), yaml);
		return this;
	}

	URLClassLoader classLoader() throws IOException {
		List<URL> path = new ArrayList<>();
		path.add(classes().toUri().toURL());
		for (Path library : this.libraries) {
			path.add(library.toUri().toURL());
		}
		return new URLClassLoader(path.toArray(URL[]::new), Archive.class.getClassLoader());
	}

	Result build(String... options) throws IOException {
		List<String> args = new ArrayList<>(List.of("--classes", classes().toString()));
		args.addAll(List.of(options));
		return run(args.toArray(String[]::new));
	}

	/** Build, and compare with the baseline. */
	Result check() throws IOException {
		return build("--baseline", baseline().toString());
	}

	Result run(String... args) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (URLClassLoader classLoader = classLoader()) {
			int code = TelemetryManifestBuild.run(new PrintStream(out, true, StandardCharsets.UTF_8), classLoader,
					TODAY, args);
			return new Result(code,
					out.toString(StandardCharsets.UTF_8).replace(this.root.toString(), ".").replace("\r\n", "\n"));
		}
	}

	/** Do as the message says: copy the manifest over the baseline. */
	void accept() throws IOException {
		Files.copy(manifestFile(), baseline(), StandardCopyOption.REPLACE_EXISTING);
	}

	TelemetryManifest manifest() throws IOException, TelemetrySpecException {
		return TelemetryManifest.read("manifest", Files.readAllBytes(manifestFile()));
	}

	/**
	 * What the step answered.
	 *
	 * @param code the exit code
	 * @param out what it said
	 */
	record Result(int code, String out) {

	}

}
