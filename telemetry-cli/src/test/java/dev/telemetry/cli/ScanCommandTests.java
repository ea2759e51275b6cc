package dev.telemetry.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.spec.manifest.TelemetryManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** {@code scan}: what an archive would collect, told from the archive alone. */
class ScanCommandTests {

	private static final String MANIFEST = """
			{ "format": 1, "events": [ { "name": "order.placed", "purpose": "plan the stock", "privacy": "internal",
			  "sampling": 0.5, "retentionDays": 7, "retentionPolicy": "delete", "receivers": [ "otlp" ],
			  "places": [ "com.example.Orders#place" ], "properties": [
			    { "name": "customer", "type": "string", "privacy": "pii", "redaction": "hash" },
			    { "name": "payment", "type": "string", "values": [ "card", "invoice" ] } ] } ] }
			""";

	private static final String SPEC = """
			meta: { key: stock, version: 1.0.0, owners: ['@team.stock'] }
			events:
			  - key: stock.counted
			    version: 2.0.0
			    semantics: { what: Somebody counted }
			    purpose: order in time
			    privacy: internal
			    properties:
			      items: { type: number }
			""";

	@TempDir
	private Path directory;

	private byte[] annotated;

	@BeforeEach
	void compiledWithTheAnnotation() throws IOException {
		try (var in = Annotated.class.getResourceAsStream("ScanCommandTests$Annotated.class")) {
			this.annotated = in.readAllBytes();
		}
	}

	private Cli.Answer scan(Jar jar, String... options) throws IOException {
		Path file = jar.write(this.directory.resolve("shop.jar"));
		return Cli.run(Stream.concat(Stream.of("scan", file.toString()), Stream.of(options)).toArray(String[]::new));
	}

	private static Jar boot() {
		return new Jar().with("META-INF/telemetry-manifest.json", MANIFEST)
			.with("BOOT-INF/classes/com/example/Orders.class", "no class")
			.with("BOOT-INF/lib/telemetry-spring-boot-autoconfigure-1.2.3.jar", new Jar().with("a.txt", "a"));
	}

	@Test
	void aManifestSaysItAll() throws IOException {
		Cli.Answer answer = scan(boot().with("BOOT-INF/classes/com/example/Annotated.class", this.annotated));
		assertThat(answer).isEqualTo(new Cli.Answer(0, """
				What nothing declares is recorded, since there is no spec, unless telemetry.undeclared says otherwise
				order.placed 1.0.0, declared in shop.jar by com.example.Orders#place
				  for: plan the stock
				  internal; 50 % of it, kept 7 days, then deleted; sent to no receiver but otlp
				  - customer: string; pii; a pseudonym, another one on each installation
				  - payment: string; internal; the value, without secrets; one of card, invoice
				1 event declared; the library in it is 1.2.3
				""", ""));
	}

	@Test
	void librariesAndSpecsAreTold() throws IOException {
		Cli.Answer answer = scan(
				boot().with("BOOT-INF/lib/stock.jar", new Jar().with("telemetry/stock.telemetry.yaml", SPEC)));
		assertThat(answer.code()).isZero();
		assertThat(answer.out()).startsWith("What nothing declares is dropped, since there is a spec")
			.contains("stock.counted 2.0.0, declared in BOOT-INF/lib/stock.jar by telemetry/stock.telemetry.yaml:3",
					"  for: order in time\n", "  - items: number; internal; the value", "2 events declared");
	}

	@Test
	void whatABuildDidNotWriteDownCannotBeTold() throws IOException {
		Cli.Answer answer = scan(new Jar().with("WEB-INF/classes/com/example/Annotated.class", this.annotated)
			.with("WEB-INF/lib/other.jar", new Jar().with("com/example/Other.class", this.annotated)));
		assertThat(answer.code()).isOne();
		assertThat(answer.out()).contains(
				"cannot be told: shop.jar uses @TelemetryEvent, first in com.example.Annotated, but was built",
				"cannot be told: WEB-INF/lib/other.jar uses @TelemetryEvent, first in com.example.Other,",
				"0 events declared; the library in it is not to be seen\n");
	}

	@Test
	void jobsOfSpringBatchAreToldWhereThereMayBeSome() throws IOException {
		Jar batch = new Jar().with("org/springframework/batch/core/job/AbstractJob.class", "any");
		Cli.Answer answer = scan(boot().with("BOOT-INF/lib/spring-batch-core-6.0.4.jar", batch));
		assertThat(answer.code()).isZero();
		assertThat(answer.out()).contains("batch.job.ended 1.0.0, declared in ", "  - job: string; internal; ",
				"batch.step.ended 1.0.0, declared in ", "spring-batch-core-6.0.4.jar by each job of Spring Batch");
		assertThat(scan(boot()).out()).doesNotContain("batch.");
	}

	@Test
	void whatIsDeclaredWhenItRunsCannotBeTold() throws IOException {
		Cli.Answer answer = scan(new Jar().with("META-INF/telemetry-manifest.json",
				"{ \"format\": 1, \"computed\": [ \"com.example.Config#late\" ], \"events\": [] }"));
		assertThat(answer.code()).isOne();
		assertThat(answer.out())
			.contains("cannot be told: com.example.Config#late declares events only when the application runs");
	}

	@Test
	void aSpecThatTheApplicationLeavesOutIsSaid() throws IOException {
		Cli.Answer answer = scan(new Jar().with("BOOT-INF/classes/telemetry/bad.telemetry.yaml", "meta: {}\n"));
		assertThat(answer.code()).isOne();
		assertThat(answer.out())
			.contains("cannot be told: a spec of shop.jar cannot be read, so the application leaves it");
	}

	@Test
	void aDirectoryOfClassesSaysTheSame() throws IOException {
		Jar jar = new Jar().with("META-INF/telemetry-manifest.json", MANIFEST)
			.with("telemetry/stock.telemetry.yaml", SPEC)
			.with("com/example/Orders.class", this.annotated);
		String packaged = scan(jar).out();
		Path classes = jar.unpack(Files.createDirectories(this.directory.resolve("classes")));
		assertThat(Cli.run("scan", classes.toString()).out()).isEqualTo(packaged.replace("shop.jar", "classes"));
	}

	@Test
	void filesElsewhereAreNone() throws IOException {
		Cli.Answer answer = scan(new Jar().with("static/telemetry/stock.telemetry.yaml", SPEC)
			.with("telemetry/deeper/stock.telemetry.yaml", SPEC)
			.with("../../telemetry/stock.telemetry.yaml", SPEC)
			.with("static/META-INF/telemetry-manifest.json", MANIFEST));
		assertThat(answer.out()).contains("\n0 events declared");
		assertThat(this.directory).isDirectoryContaining((file) -> file.endsWith("shop.jar"));
		assertThat(this.directory.toFile().list()).hasSize(1);
	}

	@Test
	void theAnswerIsJsonOnDemand() throws IOException {
		assertThat(scan(boot(), "--output", "json").out()).startsWith(
				"{\"undeclared\":\"record\",\"library\":\"1.2.3\",\"events\":[{\"name\":\"order.placed\",\"version\":\"1.0.0\"")
			.contains("\"archive\":\"shop.jar\",\"places\":[\"com.example.Orders#place\"],\"receivers\":[\"otlp\"]}]",
					"\"cannotBeTold\":[]}");
	}

	/** The demo, put together as Spring Boot does, from what its build wrote. */
	@Test
	void ofTheDemoExactlyWhatItCollectsIsListed() throws Exception {
		byte[] baseline = Files.readAllBytes(Path.of("..", "demo-app", "telemetry-baseline.json"));
		byte[] spec = Files
			.readAllBytes(Path.of("..", "demo-app", "src", "main", "resources", "telemetry", "demo.telemetry.yaml"));
		Cli.Answer answer = scan(new Jar().with("META-INF/telemetry-manifest.json", baseline)
			.with("BOOT-INF/classes/telemetry/demo.telemetry.yaml", spec)
			.with("BOOT-INF/classes/dev/telemetry/demo/OrderService.class", this.annotated));
		assertThat(answer.code()).isZero();
		List<String> listed = Pattern.compile("(?m)^([a-z_.]+) (\\S+), declared in")
			.matcher(answer.out())
			.results()
			.map((event) -> event.group(1) + " " + event.group(2))
			.toList();
		List<String> properties = Pattern.compile("(?m)^  - ([^:]+):")
			.matcher(answer.out())
			.results()
			.map((MatchResult property) -> property.group(1))
			.toList();
		TelemetryManifest manifest = TelemetryManifest.read("baseline", baseline);
		assertThat(listed).isNotEmpty()
			.isEqualTo(manifest.events()
				.stream()
				.map((event) -> event.definition().name() + " " + event.definition().version())
				.toList());
		assertThat(properties).isEqualTo(manifest.events()
			.stream()
			.flatMap((event) -> event.definition().properties().keySet().stream())
			.toList());
	}

	@Test
	void docsAndDiffTakeArchives() throws IOException {
		Path old = new Jar().with("META-INF/telemetry-manifest.json", MANIFEST)
			.write(this.directory.resolve("old.jar"));
		Path now = boot().with("BOOT-INF/lib/stock.jar", new Jar().with("telemetry/stock.telemetry.yaml", SPEC))
			.write(this.directory.resolve("new.jar"));
		assertThat(Cli.run("diff", old.toString(), now.toString())).isEqualTo(
				new Cli.Answer(1, "wider: stock.counted: is collected\nMore is collected: it needs a new yes\n", ""));
		assertThat(Cli.run("diff", now.toString(), now.toString()).code()).isZero();
		assertThat(Cli.run("docs", now.toString()).out()).contains("### order.placed 1.0.0", "### stock.counted 2.0.0");
		Path baseline = Files.writeString(this.directory.resolve("baseline.json"), MANIFEST);
		assertThat(Cli.run("diff", baseline.toString(), old.toString()).out()).isEqualTo("The same is collected\n");
	}

	@Test
	void whatIsNoArchiveIsTwo() throws IOException {
		Path file = Files.writeString(this.directory.resolve("shop.jar"), "PK no archive");
		assertThat(Cli.run("scan", file.toString()).code()).isEqualTo(2);
		assertThat(Cli.run("scan", this.directory.resolve("none.jar").toString()).err()).contains("does not exist");
		Cli.Answer bad = scan(new Jar().with("META-INF/telemetry-manifest.json", "{ \"format\": 1 "));
		assertThat(bad.code()).isEqualTo(2);
		assertThat(bad.err()).contains("'shop.jar' has a manifest that is none: ", "build it anew");
	}

	@Test
	void damageIsFoundOrChangesNothing() throws IOException {
		byte[] whole = boot().with("BOOT-INF/lib/stock.jar", new Jar().with("telemetry/stock.telemetry.yaml", SPEC))
			.bytes();
		Path file = this.directory.resolve("shop.jar");
		String expected = Cli.run("scan", Files.write(file, whole).toString()).out();
		Random random = new Random(11);
		int refused = 0;
		for (int run = 0; run < 300; run++) {
			byte[] damaged = whole.clone();
			damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
			Cli.Answer answer = Cli.run("scan", Files.write(file, damaged).toString());
			assertThat(answer.code()).isBetween(0, 2);
			assertThat(answer.err()).doesNotContain("mistake");
			// A name that is damaged makes another file of it: less is listed, never
			// something else
			assertThat(answer.out().lines().filter((line) -> line.contains("declared in")).toList()).as("run " + run)
				.extracting((line) -> line.replaceFirst(" in .* by ", " by "))
				.isSubsetOf(expected.lines().map((line) -> line.replaceFirst(" in .* by ", " by ")).toList());
			refused += (answer.code() == 2) ? 1 : 0;
		}
		assertThat(refused).isGreaterThan(150);
	}

	@Test
	void aBombEndsWithAMessageAndNotWithTheMemory() throws IOException {
		byte[] zeros = new byte[1 << 20];
		ByteArrayOutputStream bomb = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bomb)) {
			zip.putNextEntry(new ZipEntry("com/example/Bomb.class"));
			for (int i = 0; i < 64; i++) {
				zip.write(zeros);
			}
		}
		Path file = Files.write(this.directory.resolve("bomb.jar"), bomb.toByteArray());
		Path nested = new Jar().with("BOOT-INF/lib/bomb.jar", bomb.toByteArray())
			.write(this.directory.resolve("n.jar"));
		assertThat(Files.size(nested)).isLessThan(1 << 17);
		for (Path each : List.of(file, nested)) {
			assertThat(ArchiveReader.read(each, 65 << 20)).isNotEmpty();
			assertThatIOException().isThrownBy(() -> ArchiveReader.read(each, 63 << 20))
				.withMessage("it holds more than " + (63 << 20) + " bytes");
		}
	}

	@Test
	void docsAndDiffDoNotPretend() throws IOException {
		Path file = new Jar().with("com/example/Annotated.class", this.annotated)
			.write(this.directory.resolve("shop.jar"));
		for (String[] command : new String[][] { { "docs", file.toString() },
				{ "diff", file.toString(), file.toString() } }) {
			Cli.Answer answer = Cli.run(command);
			assertThat(answer.code()).isEqualTo(2);
			assertThat(answer.err()).contains("does not tell all it declares: shop.jar uses @TelemetryEvent", "'scan'");
		}
	}

	@Test
	void namesInAnArchiveDoNotSteerATerminal() throws IOException {
		Jar library = new Jar().with("a/\u001b[2J.class", this.annotated);
		String out = scan(new Jar().with("BOOT-INF/lib/a\u001b[2Jb.jar", library)).out();
		assertThat(out).contains("cannot be told: ").doesNotContain("\u001b");
	}

	/** The constant pool of its class names the annotation. */
	static final class Annotated {

		@TelemetryEvent("order.placed")
		String place() {
			return new String("x".getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
		}

	}

}
