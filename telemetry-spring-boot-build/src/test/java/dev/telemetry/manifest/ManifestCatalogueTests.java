package dev.telemetry.manifest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.autoconfigure.TelemetryAspectAutoConfiguration;
import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.spec.manifest.ManifestEvent;
import dev.telemetry.spec.manifest.TelemetryManifest;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** What a build writes down is what the notice says, and what the registry knows. */
class ManifestCatalogueTests {

	@TempDir
	private Path directory;

	private TelemetryManifest manifest;

	@BeforeEach
	void build() throws Exception {
		Path classes = Files.createDirectories(this.directory.resolve("classes"));
		copyClasses(Files.createDirectories(classes.resolve("dev/telemetry/manifest")));
		Path specs = Files.createDirectories(classes.resolve("telemetry"));
		Files.writeString(specs.resolve("catalogue.telemetry.yaml"), Catalogue.SPEC);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (URLClassLoader classLoader = classLoader()) {
			TelemetryManifestBuild.run(new PrintStream(out, true, StandardCharsets.UTF_8), classLoader,
					LocalDate.of(2026, 11, 21), "--classes", classes.toString());
		}
		Path file = classes.resolve(TelemetryManifest.LOCATION);
		assertThat(file).as(out.toString(StandardCharsets.UTF_8)).exists();
		this.manifest = TelemetryManifest.read(file.toString(), Files.readAllBytes(file));
	}

	private static void copyClasses(Path target) throws Exception {
		Path compiled = Path.of(Catalogue.class.getResource("Catalogue.class").toURI()).getParent();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(compiled, "Catalogue*.class")) {
			for (Path file : files) {
				Files.copy(file, target.resolve(file.getFileName()));
			}
		}
	}

	private URLClassLoader classLoader() throws IOException {
		return new URLClassLoader(new URL[] { this.directory.resolve("classes").toUri().toURL() },
				getClass().getClassLoader());
	}

	@Test
	void eachWayIsThere() {
		assertThat(this.manifest.events()).extracting((event) -> event.definition().name())
			.containsExactly("cart.left", "entry.made", "everything.close_till", "everything.open_till", "list.sorted",
					"order.placed", "order.placed", "payment.failed", "payment.made", "query.run", "register.opened",
					"stock.counted", "value.handled");
		assertThat(this.manifest.events()).extracting(ManifestEvent::places).doesNotContain(List.of());
	}

	@Test
	void theManifestIsWhatTheApplicationKnows() throws IOException {
		run((context) -> {
			TelemetryManifest known = new TelemetryManifest(context.getBean(TelemetrySpecRegistry.class)
				.events()
				.stream()
				.map((event) -> new ManifestEvent(event, List.of(), List.of()))
				.toList(), List.of());
			TelemetryManifest written = new TelemetryManifest(this.manifest.events()
				.stream()
				.map((event) -> new ManifestEvent(event.definition(), List.of(), List.of()))
				.toList(), List.of());
			assertThat(written.toJson()).asString().isEqualTo(new String(known.toJson(), StandardCharsets.UTF_8));
		});
	}

	@Test
	void theManifestIsWhatTheNoticeSays() throws IOException {
		run((context) -> {
			Notice notice = context.getBean(StoredNotices.class).today();
			assertThat(notice).isNotNull();
			Set<String> said = new TreeSet<>();
			notice.events().forEach((event) -> {
				said.add(event.name() + " for " + event.purpose());
				event.properties()
					.forEach((property) -> said
						.add(event.name() + "/" + property.name() + " " + property.type() + " " + property.privacy()));
			});
			assertThat(said).hasSizeGreaterThan(40).isEqualTo(written());
		});
	}

	/** The positive control: a bean that the build could not see is seen here. */
	@Test
	void whatOnlyTheApplicationKnowsWouldShow() throws IOException {
		try (URLClassLoader classLoader = classLoader()) {
			runner(classLoader).withBean(Unknown.class).run((context) -> {
				Notice notice = context.getBean(StoredNotices.class).today();
				assertThat(notice).isNotNull();
				assertThat(notice.events()).extracting((event) -> event.name() + " for " + event.purpose())
					.contains("unknown.done for null");
				assertThat(written()).doesNotContain("unknown.done for null");
			});
		}
	}

	private Set<String> written() {
		Set<String> written = new TreeSet<>();
		this.manifest.events().forEach((event) -> {
			String name = event.definition().name();
			written.add(name + " for " + event.definition().purpose());
			event.definition()
				.properties()
				.values()
				.forEach((property) -> written
					.add(name + "/" + property.name() + " " + property.type().name().toLowerCase(Locale.ROOT) + " "
							+ property.privacy().name().toLowerCase(Locale.ROOT)));
		});
		return written;
	}

	private void run(Consumer<AssertableApplicationContext> check) throws IOException {
		try (URLClassLoader classLoader = classLoader()) {
			runner(classLoader).run((context) -> {
				assertThat(context).hasNotFailed();
				check.accept(context);
			});
		}
	}

	private ApplicationContextRunner runner(ClassLoader classLoader) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, TelemetryAutoConfiguration.class,
					TelemetryAspectAutoConfiguration.class))
			.withPropertyValues("spring.application.name=demo-app", "telemetry.home=" + this.directory.resolve("home"),
					"telemetry.consent.detect-test-environment=false", "telemetry.consent.detect-ci=false")
			.withClassLoader(classLoader)
			.withBean(Catalogue.Repository.class, StoredRows::new);
		for (Class<?> bean : Catalogue.BEANS) {
			runner = runner.withBean(bean);
		}
		return runner;
	}

	/** What a library would make of the interface. */
	static class StoredRows implements Catalogue.Repository {

		@Override
		public void run(int rows) {
		}

	}

	/** What is not in the archive. */
	static class Unknown {

		@TelemetryEvent("unknown.done")
		public void done() {
		}

	}

}
