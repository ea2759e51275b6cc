package dev.telemetry.test;

import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps {@code docs/testing.md} true: each example compiles, and its tests pass. */
class TestingDocumentTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "testing.md");

	private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.+?)```");

	private static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)");

	private static final String SHOP = """
			package com.example.shop;

			@org.springframework.boot.autoconfigure.SpringBootApplication
			public class Shop {

				@org.springframework.context.annotation.Bean
				public Orders orders() {
					return new Orders();
				}

			}
			""";

	private static final String ORDERS = """
			package com.example.shop;

			import dev.telemetry.annotation.*;

			public class Orders {

				@TelemetryEvent("order.placed")
				public int place(String customer, @TelemetryAttribute("items") int items) {
					return items;
				}

			}
			""";

	@TempDir
	private Path directory;

	@Test
	void examplesCompileAndTheirTestsPass() throws Exception {
		List<String> examples = JAVA.matcher(Files.readString(DOCUMENT))
			.results()
			.map((MatchResult match) -> match.group(1))
			.toList();
		List<String> sources = new ArrayList<>(
				List.of(write("com/example/shop/Shop", SHOP), write("com/example/shop/Orders", ORDERS)));
		List<String> classes = new ArrayList<>();
		for (String example : examples) {
			Matcher name = CLASS.matcher(example);
			assertThat(name.find()).as(example).isTrue();
			classes.add(name.group(1));
			sources.add(write(name.group(1), example));
		}
		assertThat(classes).hasSizeGreaterThan(5).doesNotHaveDuplicates();
		assertThat(compile(sources)).isEmpty();
		SummaryGeneratingListener results = run(classes);
		results.getSummary().getFailures().forEach((failure) -> assertThat(failure.getException()).isNull());
		assertThat(results.getSummary().getTestsSucceededCount()).isGreaterThan(classes.size());
	}

	private String write(String name, String text) throws Exception {
		Path file = this.directory.resolve(name + ".java");
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text).toString();
	}

	private String compile(List<String> sources) {
		ByteArrayOutputStream errors = new ByteArrayOutputStream();
		List<String> arguments = new ArrayList<>(List.of("-proc:none", "-parameters", "-classpath",
				System.getProperty("java.class.path"), "-d", this.directory.toString()));
		arguments.addAll(sources);
		ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments.toArray(String[]::new));
		return errors.toString(StandardCharsets.UTF_8);
	}

	private SummaryGeneratingListener run(List<String> classes) throws Exception {
		SummaryGeneratingListener results = new SummaryGeneratingListener();
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.directory.toUri().toURL() }, before)) {
			Thread.currentThread().setContextClassLoader(loader);
			LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
			for (String name : classes) {
				request.selectors(DiscoverySelectors.selectClass(loader.loadClass(name)));
			}
			LauncherFactory.create().execute(request.build(), results);
			return results;
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

}
