package dev.telemetry.manifest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.manifest.ManifestEvent;
import dev.telemetry.spec.manifest.TelemetryManifest;
import dev.telemetry.spec.reader.TelemetrySpecException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.FilteredClassLoader;

import static org.assertj.core.api.Assertions.assertThat;

/** The step of a build: what it writes, finds, and refuses. */
class TelemetryManifestBuildTests {

	private static final String SERVICE = """
			public class OrderService {
				@TelemetryEvent(value = "order.placed", purpose = "plan the stock")
				public void place(@TelemetryAttribute("items") int items) { }
			}
			""";

	private static final String WIDER = SERVICE.replace("int items)",
			"int items, @TelemetryAttribute(\"total\") double total)");

	private static final String SPEC = """
			meta: { key: shop, version: 1.0.0, owners: ['@team.shop'] }
			config: { providers: [ { type: opentelemetry } ] }
			events:
			  - key: order.placed
			    version: 2.0.0
			    semantics: { what: An order was placed }
			    purpose: plan the stock
			    privacy: internal
			    expires: 2027-06-30
			    properties:
			      items: { type: number, bucket: 5 }
			""";

	@TempDir
	private Path directory;

	private Archive archive;

	@BeforeEach
	void create() throws IOException {
		this.archive = new Archive(this.directory.resolve("project"));
	}

	@Test
	void whatAnAnnotationDeclaresIsWritten() throws Exception {
		Archive.Result result = this.archive.java("OrderService", SERVICE).build();
		assertThat(result)
			.isEqualTo(new Archive.Result(0, "./classes/META-INF/telemetry-manifest.json declares 1 event\n"));
		ManifestEvent event = this.archive.manifest().events().get(0);
		assertThat(event.places()).containsExactly("com.example.OrderService#place");
		assertThat(event.definition().purpose()).isEqualTo("plan the stock");
		assertThat(event.definition().properties()).containsOnlyKeys("duration_ms", "error", "items", "outcome",
				"success");
		assertThat(event.definition().properties().values()).allMatch(PropertyDefinition::inferred);
	}

	@Test
	void whatASpecSaysCountsMore() throws Exception {
		Archive.Result result = this.archive.java("OrderService", WIDER).spec("shop", SPEC).build();
		assertThat(result.code()).isZero();
		ManifestEvent event = onlyEvent();
		assertThat(event.places()).containsExactly("com.example.OrderService#place", "telemetry/shop.telemetry.yaml:4");
		assertThat(event.receivers()).containsExactly("otlp");
		EventDefinition definition = event.definition();
		assertThat(definition.version()).isEqualTo("2.0.0");
		assertThat(property(definition, "items").bucket()).isEqualTo(5);
		assertThat(property(definition, "items").inferred()).isFalse();
		assertThat(property(definition, "total").inferred()).isTrue();
	}

	@Test
	void aSpecIsFoundBelowAFolderOfAnyName() throws Exception {
		Archive named = new Archive(this.directory.resolve("a [small] \u00e9 100% + project")).spec("shop", SPEC);
		assertThat(named.build().out()).isEqualTo("./classes/META-INF/telemetry-manifest.json declares 1 event\n");
	}

	@Test
	void aSpecOfALibraryCountsWhereItsEventIsRecorded() throws Exception {
		Archive library = new Archive(this.directory.resolve("library")).spec("shop",
				SPEC + "  - { key: order.paid, semantics: { what: x }, privacy: public }\n");
		this.archive.library(library).java("OrderService", SERVICE);
		assertThat(this.archive.build().code()).isZero();
		assertThat(onlyEvent().definition().version()).isEqualTo("2.0.0");
		assertThat(onlyEvent().places()).containsExactly("com.example.OrderService#place",
				"telemetry/shop.telemetry.yaml:4");
	}

	@Test
	void wideningFailsUntilItIsAccepted() throws Exception {
		assertThat(this.archive.java("OrderService", SERVICE).check().code()).isZero();
		this.archive.accept();
		assertThat(this.archive.check().out())
			.isEqualTo("./classes/META-INF/telemetry-manifest.json declares 1 event\n");
		Archive.Result wider = this.archive.java("OrderService", WIDER).check();
		assertThat(wider).isEqualTo(new Archive.Result(1, """
				./classes/META-INF/telemetry-manifest.json declares 1 event
				wider: order.placed/total: is collected
				More is collected than was reviewed in ./telemetry-baseline.json: copy \
				./classes/META-INF/telemetry-manifest.json over it, and have the change reviewed
				"""));
		this.archive.accept();
		assertThat(this.archive.check().code()).isZero();
	}

	@Test
	void narrowingPassesAndSaysThatTheBaselineIsOld() throws Exception {
		this.archive.java("OrderService", WIDER).build();
		this.archive.accept();
		Archive.Result narrower = this.archive.java("OrderService", SERVICE).check();
		assertThat(narrower.code()).isZero();
		assertThat(narrower.out()).contains("narrower: order.placed/total: is no longer collected",
				"./telemetry-baseline.json is old: copy ");
	}

	@Test
	void withoutABaselineOnlyWhoRequiresOneFails() throws Exception {
		this.archive.java("OrderService", SERVICE);
		assertThat(this.archive.check().code()).isZero();
		assertThat(this.archive.check().out()).contains("There is no ./telemetry-baseline.json to compare with: copy ");
		assertThat(this.archive.build("--baseline", this.archive.baseline().toString(), "--require-baseline").code())
			.isOne();
		this.archive.accept();
		assertThat(this.archive.build("--baseline", this.archive.baseline().toString(), "--require-baseline").code())
			.isZero();
	}

	@Test
	void codeIsJudgedWhereNoSpecSaysMore() throws Exception {
		this.archive.java("Bad",
				"""
						public class Bad {
							@TelemetryEvent("test.event")
							public void place(@TelemetryAttribute("email") String email, @TelemetryAttribute("data") int data) { }
						}
						""");
		Archive.Result result = this.archive.build();
		assertThat(result.code()).isOne();
		assertThat(result.out().lines().skip(1)).containsExactlyInAnyOrder(
				"com.example.Bad#place: purpose: nothing says what 'test.event' is collected for; write 'purpose' in the annotation, or declare the event in a spec",
				"com.example.Bad#place: generic-name: 'test.event' does not say what happened; declare it in a spec, which can say more of it, or leave it out",
				"com.example.Bad#place: generic-name: 'data' does not say what its values are; declare it in a spec, which can say more of it, or leave it out",
				"com.example.Bad#place: personal-data: 'email' looks personal and is not marked; declare it in a spec, which can say more of it, or leave it out",
				"com.example.Bad#place: free-text: 'email' may hold any text, and people's data with it; declare it in a spec, which can say more of it, or leave it out");
		assertThat(this.archive.build("--allow-findings").code()).isZero();
	}

	@Test
	void anEnumSaysItsValuesAndNoneOfItsCodeRuns() throws Exception {
		this.archive.java("Size", """
				public enum Size {
					SMALL, LARGE;
					static {
						System.setProperty("com.example.initialised", "true");
					}
				}
				""").java("Orders", """
				public class Orders {
					@TelemetryEvent(value = "order.placed", purpose = "plan the stock")
					public void place(@TelemetryAttribute("size") Size size) { }
				}
				""");
		assertThat(this.archive.build().code()).isZero();
		assertThat(property(onlyEvent().definition(), "size").values()).containsExactly("LARGE", "SMALL");
		assertThat(System.getProperty("com.example.initialised")).isNull();
	}

	@Test
	void whatASpecMarksOrAllowsIsNotFoundInCode() throws Exception {
		this.archive
			.java("Bad",
					"""
							public class Bad {
								@TelemetryEvent("order.placed")
								public void place(@TelemetryAttribute("email") String email, @TelemetryAttribute("note") String note) { }
							}
							""")
			.spec("shop", SPEC + """
					      email: { type: string, pii: true }
					      # lint:allow free-text the names of our own jobs
					      note: { type: string }
					""");
		assertThat(this.archive.build().out())
			.isEqualTo("./classes/META-INF/telemetry-manifest.json declares 1 event\n");
	}

	@Test
	void namesThatAreTakenForOneOfASpecAreFound() throws Exception {
		this.archive.java("Other", """
				public class Other {
					@TelemetryEvent(value = "orders.placed", purpose = "plan the stock")
					public void place() { }
				}
				""").spec("shop", SPEC);
		assertThat(this.archive.build().out()).contains(
				"com.example.Other#place: similar-name: 'orders.placed' is easily taken for 'order.placed'; declare");
	}

	@Test
	void specsAreJudgedAsTheyAreAndDamagedOnesNamedOnce() throws Exception {
		Archive.Result result = this.archive.spec("shop", SPEC.replace("expires: 2027-06-30", "tags: []"))
			.spec("damaged", SPEC.replace("privacy: internal", "privacy: secret"))
			.build();
		assertThat(result.code()).isOne();
		assertThat(result.out().lines().skip(1)).hasSize(2)
			.anyMatch((line) -> line.startsWith("telemetry/shop.telemetry.yaml:4:5: expiry: "))
			.anyMatch((line) -> line.startsWith("telemetry/damaged.telemetry.yaml:8:14: spec: "));
	}

	@Test
	void declarationsThatContradictEachOtherAreFound() throws Exception {
		this.archive.java("OrderService", SERVICE)
			.java("Till", SERVICE.replace("OrderService", "Till").replace("plan the stock", "find the best clerk"));
		Archive.Result result = this.archive.build();
		assertThat(result.code()).isOne();
		assertThat(result.out()).contains("event order.placed: its declarations contradict each other");
	}

	@Test
	void typesThatAreGuessedDifferentlyAreFound() throws Exception {
		this.archive.java("OrderService", SERVICE)
			.java("Till", SERVICE.replace("OrderService", "Till").replace("int items", "boolean items"));
		Archive.Result result = this.archive.build();
		assertThat(result.code()).isOne();
		assertThat(result.out())
			.contains("com.example.Till#place: conflict: 'items' of 'order.placed' is a boolean here"
					+ " and a number elsewhere; declare it in a spec, or name it otherwise");
		assertThat(this.archive.spec("shop", SPEC).build().code()).isZero();
	}

	@Test
	void anAnnotationThatCannotWorkIsFound() throws Exception {
		Archive.Result result = this.archive.java("OrderService", SERVICE.replace("public class", "public final class"))
			.build();
		assertThat(result.code()).isOne();
		assertThat(result.out()).contains("com.example.OrderService", "because the class is final");
	}

	@Test
	void aClassThatCannotBeLoadedIsNamedAndLeftOut() throws Exception {
		this.archive.java("Missing", "public class Missing { }")
			.java("Broken", SERVICE.replace("OrderService", "Broken").replace("int items)", "Missing items)"))
			.java("OrderService", SERVICE);
		Files.delete(this.archive.classes().resolve("com/example/Missing.class"));
		Archive.Result result = this.archive.build();
		assertThat(result.code()).isZero();
		assertThat(result.out()).contains("note: com.example.Broken is left out: it cannot be loaded, "
				+ "NoClassDefFoundError com/example/Missing");
		assertThat(onlyEvent().places()).containsExactly("com.example.OrderService#place");
	}

	@Test
	void noCodeOfTheProjectRuns() throws Exception {
		String ran = "dev.telemetry.manifest.ran";
		this.archive.java("OrderService", SERVICE.replace("public class OrderService {",
				"public class OrderService { static { System.setProperty(\"" + ran + "\", \"yes\"); }"));
		try {
			assertThat(this.archive.build().code()).isZero();
			assertThat(onlyEvent().definition().name()).isEqualTo("order.placed");
			assertThat(System.getProperty(ran)).isNull();
			Class.forName("com.example.OrderService", true, this.archive.classLoader());
			assertThat(System.getProperty(ran)).isEqualTo("yes");
		}
		finally {
			System.clearProperty(ran);
		}
	}

	@Test
	void placesThatDeclareLaterAreNamed() throws Exception {
		this.archive.java("Config", """
				public class Config {
					@Bean EventDefinition one() { return null; }
					@Bean List<TelemetrySpec> more() { return null; }
					@Bean static EventDefinition[] many() { return null; }
					@Bean String other() { return null; }
					EventDefinition noBean() { return null; }
				}
				""");
		assertThat(this.archive.build().code()).isZero();
		assertThat(this.archive.manifest().computed()).containsExactly("com.example.Config#many",
				"com.example.Config#more", "com.example.Config#one");
	}

	@Test
	void anInterfaceCountsWhereNothingHereImplementsIt() throws Exception {
		this.archive.java("Ledger", """
				public interface Ledger {
					@TelemetryEvent(value = "entry.made", purpose = "plan the stock")
					void make();
				}
				""");
		this.archive.build();
		assertThat(onlyEvent().places()).containsExactly("com.example.Ledger#make");
		this.archive.java("Book", "public class Book implements Ledger { public void make() { } }").build();
		assertThat(onlyEvent().places()).containsExactly("com.example.Book#make");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--classes", "--classes a --what", "--baseline b", "--classes a --require-baseline" })
	void argumentsThatAreNotUnderstoodAreTwo(String args) throws IOException {
		Archive.Result result = this.archive.run(args.isEmpty() ? new String[0] : args.split(" "));
		assertThat(result.code()).isEqualTo(2);
		assertThat(result.out()).contains("; usage: --classes DIR");
	}

	@Test
	void whatCannotBeReadIsTwo() throws IOException {
		assertThat(this.archive.run("--classes", this.directory.resolve("none").toString())).satisfies((result) -> {
			assertThat(result.code()).isEqualTo(2);
			assertThat(result.out()).contains("no such directory; compile the project first");
		});
		Files.writeString(this.archive.baseline(), "{ \"format\": 1, }");
		Archive.Result damaged = this.archive.check();
		assertThat(damaged.code()).isEqualTo(2);
		assertThat(damaged.out()).contains("./telemetry-baseline.json:1:16: it is not valid JSON: ");
	}

	@Test
	void aSpecThatTheApplicationWouldNotFindIsTwo() throws IOException {
		Archive other = new Archive(this.directory.resolve("other")).spec("shop", SPEC);
		Archive.Result result = this.archive.run("--classes", other.classes().toString());
		assertThat(result.code()).isEqualTo(2);
		assertThat(result.out())
			.contains("telemetry/shop.telemetry.yaml is not on the class path; start it with that of the project");
	}

	@Test
	void specsWithoutTheirReaderAreTwo() throws IOException {
		this.archive.spec("shop", SPEC);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (FilteredClassLoader classLoader = new FilteredClassLoader("org.yaml.snakeyaml")) {
			int code = TelemetryManifestBuild.run(new PrintStream(out, true, StandardCharsets.UTF_8), classLoader,
					Archive.TODAY, "--classes", this.archive.classes().toString());
			assertThat(code).isEqualTo(2);
		}
		assertThat(out.toString(StandardCharsets.UTF_8)).contains("SnakeYAML is not on the class path; add ");
	}

	@Test
	void directoriesThatDoNotExistBesideOneThatDoesAreNothing() throws IOException {
		this.archive.java("OrderService", SERVICE);
		assertThat(this.archive
			.build("--classes", this.directory.resolve("none").toString(), "--to",
					this.directory.resolve("elsewhere/m.json").toString())
			.code()).isZero();
		assertThat(this.directory.resolve("elsewhere/m.json")).exists();
	}

	private ManifestEvent onlyEvent() throws IOException, TelemetrySpecException {
		TelemetryManifest manifest = this.archive.manifest();
		List<ManifestEvent> events = manifest.events();
		assertThat(events).hasSize(1);
		return events.get(0);
	}

	private static PropertyDefinition property(EventDefinition event, String name) {
		PropertyDefinition property = event.properties().get(name);
		assertThat(property).isNotNull();
		return property;
	}

}
