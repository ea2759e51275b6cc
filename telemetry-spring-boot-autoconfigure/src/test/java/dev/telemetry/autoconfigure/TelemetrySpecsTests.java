package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import dev.telemetry.TelemetryTracker;
import dev.telemetry.TrackContext;
import dev.telemetry.TrackResult;
import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.event.Event;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.EventOverride;
import dev.telemetry.sdk.TenantControls;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Specs in a running application: where they are found and what becomes of bad ones. */
class TelemetrySpecsTests {

	private static final String PLACED = spec("shop", "order.placed", "items: { type: number }");

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = TestApplication.runner(this.directory.resolve("home"))
			.withPropertyValues(TestApplication.YES)
			.withBean(MemorySink.class);
	}

	@Test
	void specsOfSeveralArchivesAreMergedAndSayWhereTheyAreFrom() throws Exception {
		Path shop = archive("shop-1.0.jar", Map.of("telemetry/shop.telemetry.yaml", PLACED));
		Path desk = archive("desk-2.0.jar", Map.of("telemetry/desk.telemetry.yaml", spec("desk", "desk.opened", ""),
				"telemetry/readme.txt", "no spec"));
		try (URLClassLoader loader = loader(shop, desk)) {
			this.runner.withClassLoader(loader).run((context) -> {
				TelemetrySpecRegistry registry = registry(context);
				assertThat(registry.specs()).extracting(TelemetrySpec::key).containsExactly("shop", "desk");
				assertThat(registry.specs()).extracting(TelemetrySpec::origin)
					.containsExactly("shop-1.0.jar!/telemetry/shop.telemetry.yaml:1:1",
							"desk-2.0.jar!/telemetry/desk.telemetry.yaml:1:1");
				assertThat(registry.findEvent("desk.opened").origin())
					.isEqualTo("desk-2.0.jar!/telemetry/desk.telemetry.yaml:6:5");
				assertThat(TestApplication.problems(context)).isEmpty();
			});
		}
	}

	@Test
	@Tag("I24")
	void whatNothingDeclaresIsDroppedOnceThereIsASpec() throws Exception {
		write("shop.telemetry.yaml", PLACED);
		atDirectory().run((context) -> {
			TestApplication.telemetry(context).context().record("order.placed", Map.of("items", 2, "customer", "x"));
			TestApplication.telemetry(context).context().record("order.viewed");
			assertThat(TestApplication.delivered(context)).singleElement()
				.extracting(Event::attributes)
				.isEqualTo(Map.of("items", 2L));
			assertThat(TestApplication.telemetry(context).status().dropped()).containsEntry("undeclared", 2L);
		});
		atDirectory().withPropertyValues("telemetry.undeclared=record").run((context) -> {
			TestApplication.telemetry(context).context().record("order.viewed");
			assertThat(TestApplication.deliveredNames(context)).containsExactly("order.viewed");
		});
	}

	@Test
	void whatNothingDeclaresIsRecordedWithoutASpec() {
		this.runner.withBean(EventDefinition.class, () -> EventDefinition.builder("order.placed").build())
			.run((context) -> {
				TestApplication.telemetry(context).context().record("order.viewed");
				assertThat(TestApplication.deliveredNames(context)).containsExactly("order.viewed");
				assertThat(TestApplication.problems(context)).isEmpty();
			});
	}

	@Test
	void beansAreMergedWithFilesAndAnnotations() throws Exception {
		write("shop.telemetry.yaml", PLACED);
		atDirectory()
			.withBean(TelemetrySpec.class,
					() -> TelemetrySpec.builder("desk", "1.0.0")
						.owners(List.of("@team.desk"))
						.event(EventDefinition.builder("desk.opened").build())
						.build())
			.withBean(EventDefinition.class, () -> EventDefinition.builder("desk.closed").build())
			.withBean(Orders.class)
			.run((context) -> {
				assertThat(registry(context).events()).extracting(EventDefinition::name)
					.containsExactly("desk.closed", "desk.opened", "order.placed", "order.returned", "order.shipped");
				assertThat(registry(context).specs()).extracting(TelemetrySpec::key).containsExactly("shop", "desk");
				assertThat(TestApplication.problems(context)).isEmpty();
			});
	}

	@Test
	void tenantsNarrowWhatTheirEventsMayBe() throws Exception {
		write("shop.telemetry.yaml", PLACED);
		TenantControls controls = (tenant) -> tenant.equals("acme")
				? List.of(new EventOverride("order.placed", false, 0)) : List.of();
		atDirectory().withBean(TenantControls.class, () -> controls).run((context) -> {
			TelemetryTracker tracker = context.getBean(TelemetryTracker.class);
			assertThat(tracker.track("order.placed", null, Map.of("items", 1), TrackContext.NONE.withTenant("acme")))
				.isEqualTo(TrackResult.DISABLED);
			assertThat(tracker.track("order.placed", null, Map.of("items", 2), TrackContext.NONE.withTenant("zebra")))
				.isEqualTo(TrackResult.ACCEPTED);
			assertThat(TestApplication.delivered(context)).singleElement()
				.extracting(Event::attributes)
				.isEqualTo(Map.of("items", 2L));
		});
	}

	@Test
	void annotationOfADeclaredEventIsHeldToTheSpec() throws Exception {
		write("shop.telemetry.yaml", """
				meta: { key: shop, version: 1, owners: [x] }
				events:
				  - key: order.returned
				    version: 2.0.0
				    type: command.invocation
				    purpose: Fix what breaks
				    semantics: { what: An order came back }
				    privacy: internal
				    properties:
				      customer: { type: string, pii: true }
				      duration_ms: { type: number, redact: drop }
				""");
		atDirectory().withBean(Orders.class).run((context) -> {
			context.getBean(Orders.class).giveBack("Ada", 3);
			assertThat(TestApplication.delivered(context)).singleElement().satisfies((event) -> {
				assertThat(event.type()).isEqualTo("command.invocation");
				assertThat(event.attributes())
					.isEqualTo(Map.of("customer", "[redacted]", "items", 3L, "success", true, "outcome", "ok"));
			});
			assertThat(TestApplication.problems(context)).isEmpty();
		});
	}

	@Test
	void damagedSpecIsOneProblemForEachMistakeAndTheOthersStay() throws Exception {
		write("a.telemetry.yaml", """
				meta: { key: a, version: 1, owners: [x] }
				events:
				  - key: order.paid
				    semantics: { what: An order was paid }
				    privacy: secret
				    properties:
				      size: { type: text }
				""");
		write("b.telemetry.yaml", "meta: [\n");
		write("c.telemetry.yaml", PLACED);
		atDirectory().run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(registry(context).events()).extracting(EventDefinition::name).containsExactly("order.placed");
			List<Problem> problems = TestApplication.problems(context);
			assertThat(problems).extracting(Problem::property)
				.containsExactly("a.telemetry.yaml", "a.telemetry.yaml", "b.telemetry.yaml");
			assertThat(problems).extracting(Problem::origin)
				.containsExactly(specs().resolve("a.telemetry.yaml") + ", line 5, column 14",
						specs().resolve("a.telemetry.yaml") + ", line 7, column 21",
						specs().resolve("b.telemetry.yaml") + ", line 2, column 1");
			assertThat(problems).extracting(Problem::action)
				.containsExactly("write one of public, internal, pii, sensitive",
						"write one of string, number, boolean, timestamp, json", "correct the syntax");
			assertThat(problems).allSatisfy((problem) -> assertThat(problem.problem()).contains("left out"));
		});
	}

	@Test
	void damagedSpecCountsAsSomebodysWishThatOnlyDeclaredEventsAreRecorded() throws Exception {
		write("a.telemetry.yaml", "meta: [\n");
		atDirectory().run((context) -> {
			TestApplication.telemetry(context).context().record("order.placed");
			assertThat(TestApplication.delivered(context)).isEmpty();
		});
	}

	@Test
	void duplicatesAndCollisionsAreOneProblemEachAndTheFirstCounts() throws Exception {
		write("a.telemetry.yaml", PLACED);
		write("b.telemetry.yaml", PLACED);
		write("c.telemetry.yaml", spec("other", "order.placed", ""));
		atDirectory().run((context) -> {
			assertThat(registry(context).specs()).hasSize(1);
			assertThat(TestApplication.problems(context)).extracting(Problem::property)
				.containsExactly("spec shop 1.0.0", "spec other 1.0.0");
			assertThat(TestApplication.problems(context)).extracting(Problem::origin)
				.containsExactly(specs().resolve("b.telemetry.yaml") + ":1:1",
						specs().resolve("c.telemetry.yaml") + ":1:1");
			assertThat(TestApplication.problems(context)).extracting(Problem::problem)
				.containsExactly(
						"it is left out: Duplicate contract `telemetry` shop.v1.0.0 ("
								+ specs().resolve("a.telemetry.yaml") + ":1:1)",
						"it is left out: 'order.placed' 1.0.0 of other (" + specs().resolve("c.telemetry.yaml")
								+ ":6:5) must not be declared by shop (" + specs().resolve("a.telemetry.yaml")
								+ ":6:5) as well");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "file:/does/not/exist.telemetry.yaml", "classpath:telemetry/none.telemetry.yaml",
			"classpath*:nowhere/*.telemetry.yaml", "bogus:\\[" })
	void patternWithoutAFileIsAProblemAndKeepsWhatNothingDeclaresOut(String pattern) {
		this.runner.withPropertyValues("telemetry.specs=" + pattern).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(TestApplication.problems(context)).singleElement().satisfies((problem) -> {
				assertThat(problem.property()).isEqualTo("telemetry.specs");
				assertThat(problem.origin()).isEqualTo(pattern);
			});
			TestApplication.telemetry(context).context().record("order.placed");
			assertThat(TestApplication.delivered(context)).isEmpty();
		});
	}

	@Test
	void fileThatTwoPatternsMatchCountsOnce() throws Exception {
		write("a.telemetry.yaml", PLACED);
		this.runner
			.withPropertyValues("telemetry.specs[0]=file:" + specs() + "/*.telemetry.yaml",
					"telemetry.specs[1]=file:" + specs() + "/a.telemetry.yaml")
			.run((context) -> {
				assertThat(registry(context).specs()).hasSize(1);
				assertThat(TestApplication.problems(context)).isEmpty();
			});
	}

	@Test
	void specsWhenUserHasOwnRegistryAreTheirs() throws Exception {
		write("a.telemetry.yaml", PLACED);
		TelemetrySpecRegistry own = new TelemetrySpecRegistry(List.of());
		atDirectory().withBean(TelemetrySpecRegistry.class, () -> own)
			.run((context) -> assertThat(own.events()).isEmpty());
	}

	private ApplicationContextRunner atDirectory() {
		return this.runner.withPropertyValues("telemetry.specs=file:" + specs() + "/*.telemetry.yaml");
	}

	private Path specs() {
		return this.directory.resolve("specs");
	}

	private void write(String name, String yaml) throws IOException {
		Files.createDirectories(specs());
		Files.writeString(specs().resolve(name), yaml);
	}

	private Path archive(String name, Map<String, String> entries) throws IOException {
		Path archive = this.directory.resolve(name);
		try (OutputStream out = Files.newOutputStream(archive); JarOutputStream jar = new JarOutputStream(out)) {
			jar.putNextEntry(new JarEntry("telemetry/"));
			for (Map.Entry<String, String> entry : entries.entrySet()) {
				jar.putNextEntry(new JarEntry(entry.getKey()));
				jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
			}
		}
		return archive;
	}

	private static URLClassLoader loader(Path... archives) throws IOException {
		URL[] urls = new URL[archives.length];
		for (int i = 0; i < archives.length; i++) {
			urls[i] = archives[i].toUri().toURL();
		}
		return new URLClassLoader(urls, TelemetrySpecsTests.class.getClassLoader());
	}

	private static TelemetrySpecRegistry registry(ApplicationContext context) {
		return context.getBean(TelemetrySpecRegistry.class);
	}

	private static String spec(String key, String event, String property) {
		return """
				meta:
				  key: %s
				  version: 1.0.0
				  owners: ['@team.%s']
				events:
				  - key: %s
				    semantics: { what: Something happened }
				    privacy: internal
				    properties: { %s }
				""".formatted(key, key, event, property);
	}

	static class Orders {

		@TelemetryEvent("order.shipped")
		public void ship() {
		}

		@TelemetryEvent(value = "order.returned", purpose = "See what comes back")
		public void giveBack(@TelemetryAttribute("customer") String customer, @TelemetryAttribute("items") int items) {
		}

	}

}
