package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.telemetry.spec.AnomalyAction;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.Redaction;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.reader.TelemetrySpecReader;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code create}: what is written parses, lints clean and can be used as it is. */
class CreateCommandTests {

	/** One answer a line: the shortest way from the first question to the last. */
	static final String SHORTEST = """
			shop.telemetry








			no
			no
			order.placed

			An order was placed

			decide which payment to offer first





			items
			number



			no

			no
			""";

	static final String ANSWERS = """
			key: shop.telemetry
			version: 2.1
			description: 'What the "desk": does \\ # 100% {of it}'
			domain: shop
			owners: ['@team.shop', desk@example.com]
			tags: [desk]
			stability: beta
			retention_days: 60
			sampling_rate: 0.5
			anomaly_detection: yes
			check_interval_ms: 30000
			providers:
			  - type: posthog
			events:
			  - key: order.placed
			    version: 1.2.0
			    what: An order was placed
			    who: A clerk
			    purpose: decide which payment to offer first
			    privacy: internal
			    expires: 2027-12-31
			    retention_days: 10
			    retention_policy: archive
			    sampling_rate: 0.01
			    sampling_reason: there are millions of them
			    sampling_condition: duration_ms > 1000 and payment in ['card', 'invoice']
			    tags: [desk]
			    properties:
			      - key: duration_ms
			        type: number
			        required: yes
			        description: How long it took
			      - key: payment
			        values: [card, invoice]
			      - key: job
			        free_text_reason: names of our own jobs
			      - key: userId
			        redact: hash
			      - key: ip_version
			        type: number
			        personal: no
			        personal_reason: it is 4 or 6 and nothing else
			      - key: age
			        type: number
			        bucket: 5
			    watch: yes
			    minimum_sample: 20
			    thresholds:
			      - metric: duration_ms
			        max: 1500
			    action: log
			  - key: order.cancelled
			    what: An order was cancelled
			    purpose: find out why orders are cancelled
			    privacy: sensitive
			    properties:
			      - key: cause
			""";

	@TempDir
	private Path directory;

	@Test
	@Tag("P35")
	void whatIsPipedInBecomesASpec() throws Exception {
		Cli.Answer answer = create(SHORTEST);
		assertThat(answer.err()).doesNotContain("will not do").contains("Name of the spec, such as shop.telemetry: ");
		assertThat(answer.code()).isZero();
		assertThat(answer.out()).startsWith("Wrote " + file() + " with order.placed\n");
		TelemetrySpec spec = spec();
		assertThat(spec.owners()).containsExactly("@team.telemetry");
		assertThat(spec.anomalyDetection()).isFalse();
		assertThat(spec.events()).singleElement().satisfies((event) -> {
			assertThat(event.samplingRate()).isOne();
			assertThat(event.expires()).hasToString("2027-11-21");
			assertThat(event.properties()).containsOnlyKeys("items");
		});
		assertThat(Cli.run("lint", file().toString()).out()).isEqualTo("Nothing found in 1 file\n");
	}

	@Test
	@Tag("P35")
	@Tag("I36")
	void everyQuestionCanBeAnsweredFromAFile() throws Exception {
		Cli.Answer answer = answerFrom(ANSWERS);
		assertThat(answer.err()).isEmpty();
		assertThat(answer.code()).isZero();
		TelemetrySpec spec = spec();
		assertThat(spec.version()).isEqualTo("2.1.0");
		assertThat(spec.description()).isEqualTo("What the \"desk\": does \\ # 100% {of it}");
		assertThat(spec.owners()).containsExactly("@team.shop", "desk@example.com");
		assertThat(spec.providers()).singleElement().satisfies((one) -> assertThat(one.type()).isEqualTo("posthog"));
		EventDefinition placed = spec.events().get(0);
		assertThat(placed.retention()).hasToString("EventRetention[days=10, policy=ARCHIVE]");
		assertThat(placed.samplingRate()).isEqualTo(0.01);
		assertThat(placed.samplingConditions()).hasToString("[duration_ms > 1000 and payment in ['card', 'invoice']]");
		assertThat(placed.anomaly()).satisfies((rule) -> {
			assertThat(rule.minimumSample()).isEqualTo(20);
			assertThat(rule.actions()).containsExactly(AnomalyAction.LOG);
		});
		assertThat(placed.properties().values()).extracting(PropertyDefinition::redaction)
			.containsExactly(Redaction.SECRETS, Redaction.SECRETS, Redaction.SECRETS, Redaction.HASH, Redaction.SECRETS,
					Redaction.BUCKET);
		assertThat(placed.properties().get("duration_ms").required()).isTrue();
		assertThat(placed.properties().get("payment").values()).containsExactly("card", "invoice");
		assertThat(spec.events().get(1).properties().get("cause").privacy()).isEqualTo(PrivacyLevel.SENSITIVE);
		assertThat(Cli.run("lint", file().toString()).out()).isEqualTo("Nothing found in 1 file\n");
	}

	@Test
	void aPersonIsAskedAgain() throws Exception {
		Cli.Answer answer = Cli.type(SHORTEST.replace("shop.telemetry\n", "Shop Telemetry\n\nshop.telemetry\n"),
				"create", "--directory", this.directory.toString());
		assertThat(answer.err()).contains("'Shop Telemetry' will not do: write lower case",
				"'' will not do: an answer is needed");
		assertThat(answer.code()).isZero();
		assertThat(spec().key()).isEqualTo("shop.telemetry");
	}

	@Test
	void aPersonWhoPicksAGeneralNameIsAskedWhy() throws Exception {
		Cli.Answer answer = Cli.type(SHORTEST.replace("items\n", "value\n") + "it is the value of the order\n",
				"create", "--directory", this.directory.toString());
		assertThat(answer.code()).isZero();
		assertThat(Files.readString(file())).contains("      # lint:allow generic-name it is the value of the order\n");
		assertThat(Cli.run("lint", file().toString()).code()).isZero();
	}

	@Test
	void inputThatEndsOrWillNotDoWritesNothing() {
		assertThat(create(SHORTEST.substring(0, SHORTEST.indexOf("decide"))).err())
			.endsWith("The input ended at 'What will be decided by it'; answer every question; nothing was written\n");
		Cli.Answer answer = create(SHORTEST.replace("shop.telemetry", "Shop"));
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains("'Shop' will not do for 'Name of the spec, such as shop.telemetry': ");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void answersThatMakeAGeneralNameWriteNothingUnlessAReasonIsGiven() throws IOException {
		String general = ANSWERS.replace("key: cause", "key: data");
		Cli.Answer answer = answerFrom(general);
		assertThat(answer.code()).isOne();
		assertThat(answer.err()).contains("'data' does not say what its values are", "answer 'allow_generic_name'",
				"Nothing was written");
		assertThat(file()).doesNotExist();
		assertThat(answerFrom(general + "allow_generic_name: the desk calls it so\n").code()).isZero();
		assertThat(Cli.run("lint", file().toString()).code()).isZero();
	}

	@Test
	void aFileIsWrittenOverOnlyByForce() throws IOException {
		assertThat(create(SHORTEST).code()).isZero();
		String before = Files.readString(file());
		Cli.Answer again = create(SHORTEST.replace("items", "lines"));
		assertThat(again.code()).isEqualTo(2);
		assertThat(again.err()).contains("' is there already: use another name, or --force");
		assertThat(file()).hasContent(before);
		assertThat(create(SHORTEST.replace("items", "lines"), "--force").code()).isZero();
		assertThat(Files.readString(file())).contains("lines:");
		assertThat(this.directory).isDirectoryNotContaining((path) -> path.toString().endsWith(".tmp"));
	}

	@Test
	void theAnswerIsJsonOnDemand() throws IOException {
		Cli.Answer answer = create(SHORTEST, "--output", "json");
		assertThat(answer.out())
			.isEqualTo("{\"file\":\"" + file() + "\",\"key\":\"shop.telemetry\",\"events\":[\"order.placed\"]}\n");
	}

	@ParameterizedTest
	@Tag("P35")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					owners: ['@team.shop', desk@example.com] | owners: [Bob]          | :5:9: 'owners' is 'Bob'; write teams such as @team.shop, or addresses
					version: 2.1                             | version: two           | :2:10: 'version' is 'two'; write a version such as 1.0.0
					stability: beta                          | stability: idea        | :7:12: 'stability' is 'idea'; write experimental or beta or stable or deprecated
					retention_days: 60                       | retention_days: 0      | :8:17: 'retention_days' is '0'; write a whole number above 0
					sampling_rate: 0.5                       | sampling_rate: 2       | :9:16: 'sampling_rate' is '2'; write a number from 0 to 1, such as 0.5
					sampling_rate: 0.01                      | sampling_rate: -1      | 'sampling_rate' is '-1'; write a number from 0 to 1
					there are millions of them               | ``                     | 'sampling_reason' is missing
					duration_ms > 1000 and                   | userId == 'Ada' and    | 'userId' must be kept in clear or in buckets for a condition
					duration_ms > 1000 and                   | duration_ms > fast and | must have a number, true, false or a text in quotes at character 15
					key: order.cancelled                     | key: order.placed      | 'key' is 'order.placed'; the spec has it already
					key: payment                             | key: duration_ms       | 'key' is 'duration_ms'; the event has it already
					expires: 2027-12-31                      | expires: 2030-01-01    | write a day after 2026-11-21 and until 2028-11-21
					expires: 2027-12-31                      | expires: 2026-11-21    | write a day after 2026-11-21
					privacy: internal                        | privacy: secret        | write public or internal or pii or sensitive
					purpose: find out why orders are cancelled | purpose: todo        | 'purpose' is 'todo'; write a few words
					free_text_reason: names of our own jobs  | free_text_reason: ok   | write a few words
					metric: duration_ms                      | metric: payment        | 'metric' is 'payment'; write
					minimum_sample: 20                       | minimum_sample: 2      | write 5 or more
					max: 1500                                | maximum: 1500          | 'percent_change' is missing
					tags: [desk]                             | tag: [desk]            | no question has the name 'tag'; remove it
					privacy: internal                        | privacy: public        | the event is public
					""")
	void anAnswerThatWillNotDoIsNamedWithItsMend(String before, String after, String message) throws IOException {
		Cli.Answer answer = answerFrom(ANSWERS.replace(before, after)
			.replace("- key: userId\n        redact: hash",
					"- key: userId\n        personal: yes\n        redact: hash"));
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains("answers.yaml:", message);
		assertThat(file()).doesNotExist();
	}

	@Test
	void aFileOfAnswersThatCannotBeReadIsTwo() throws IOException {
		for (String text : List.of("", "a: [", "- a", "key: {a: b}", "[x]: y", "events: 3")) {
			Cli.Answer answer = answerFrom(text);
			assertThat(answer.code()).as(text).isEqualTo(2);
			assertThat(answer.err()).contains("answers.yaml").doesNotContain("\tat ");
		}
		assertThat(Cli.run("create", "--answers", "missing.yaml").err()).startsWith("'missing.yaml' cannot be read");
	}

	@Test
	void aDirectoryThatCannotBeMadeIsTwo() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		Cli.Answer answer = Cli.runWith(SHORTEST, "create", "--directory", file.toString());
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).isEqualTo("'" + file + "' is not a directory; name another one with --directory\n");
	}

	private Cli.Answer create(String input, String... options) {
		String[] args = new String[options.length + 3];
		args[0] = "create";
		args[1] = "--directory";
		args[2] = this.directory.toString();
		System.arraycopy(options, 0, args, 3, options.length);
		return Cli.runWith(input, args);
	}

	private Cli.Answer answerFrom(String answers) throws IOException {
		Path file = Files.writeString(this.directory.resolve("answers.yaml"), answers);
		return create("", "--answers", file.toString());
	}

	private Path file() {
		return this.directory.resolve("shop-telemetry.telemetry.yaml");
	}

	private TelemetrySpec spec() throws Exception {
		TelemetrySpec spec = TelemetrySpecReader.read("shop.telemetry.yaml", Files.readAllBytes(file()));
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());
		registry.register(spec);
		assertThat(registry.findEvent("order.placed")).isEqualTo(spec.events().get(0));
		return spec;
	}

}
