package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code diff}: every part of a declaration, there and back. */
class DiffCommandTests {

	private static final String SPEC = """
			meta: { key: shop, version: 1.0.0, owners: ['@team.shop'] }
			config: { providers: [ { type: posthog } ] }
			events:
			  - key: order.placed
			    version: 1.0.0
			    type: feature.used
			    semantics: { what: An order was placed, who: A clerk }
			    purpose: decide which payment to offer first
			    privacy: internal
			    expires: 2027-06-30
			    sampling: { rate: 0.5 }
			    retention: { days: 30, policy: delete }
			    tags: [desk]
			    properties:
			      items: { type: number, min: 1, max: 100, description: How many }
			      payment: { type: string, values: [card, invoice] }
			      age: { type: number, pii: true, bucket: 10 }
			      note: { type: string, required: true, pii: true, redact: hash }
			    anomalyDetection: { thresholds: [ { metric: items, max: 50 } ] }
			  - key: cart.opened
			    semantics: { what: A cart was opened }
			    privacy: public
			""";

	private static final String CART = SPEC.substring(SPEC.indexOf("  - key: cart.opened"));

	@TempDir
	private Path directory;

	@Test
	void theSameIsZero() throws IOException {
		assertThat(diff(SPEC, SPEC)).isEqualTo(new Cli.Answer(0, "The same is collected\n", ""));
		assertThat(diff(SPEC, "# another comment\n" + SPEC).code()).isZero();
	}

	@ParameterizedTest(name = "{0} -> {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					rate: 0.5                   | rate: 0.75               | order.placed: 75 % of it are kept, not 50 %
					days: 30                    | days: 31                 | order.placed: is kept 31 days, then deleted, not 30 days, then deleted
					policy: delete              | policy: archive          | order.placed: is kept 30 days, then archived here, not 30 days, then deleted
					2027-06-30                  | 2027-07-01               | order.placed: is collected until 2027-07-01, not until 2027-06-30
					items: { type: number, min: 1 | items: { type: number, min: 0 | order.placed/items: the least it may be changed
					max: 100                    | max: 101                 | order.placed/items: the most it may be changed
					values: [card, invoice]     | values: [card, invoice, cash] | order.placed/payment: may be one of card, invoice, cash, not one of card, invoice
					bucket: 10                  | bucket: 5                | order.placed/age: what is kept is rounded down to a multiple of 5, not rounded down to a multiple of 10
					required: true, pii         | required: false, pii     | order.placed/note: need not be there
					redact: drop                | redact: hash             | order.placed/note: what is kept is a pseudonym, another one on each installation, not nothing
					privacy: public             | privacy: internal        | cart.opened: is internal, not public
					type: posthog               | type: internal } , { type: posthog | events are meant for internal, posthog, not for posthog
					""")
	void moreIsOneAndBackIsZero(String less, String more, String message) throws IOException {
		String narrow = less.startsWith("redact") ? SPEC.replace("redact: hash", less) : SPEC;
		String wide = narrow.replace(less, more);
		assertThat(wide).isNotEqualTo(narrow);
		Cli.Answer wider = diff(narrow, wide);
		assertThat(wider.out()).isEqualTo("wider: " + message + "\nMore is collected: it needs a new yes\n");
		assertThat(wider.code()).isOne();
		Cli.Answer narrower = diff(wide, narrow);
		assertThat(narrower.out()).startsWith("narrower: ").endsWith("\nLess is collected\n");
		assertThat(narrower.code()).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					decide which payment to offer first | find the best clerk | order.placed: is for 'find the best clerk'
					items: { type: number, min: 1, max: 100, description: How many } | items: { type: string } | order.placed/items: is a string
					bucket: 10                          | bucket: 15          | order.placed/age: what is kept
					""")
	void whatCannotBeMoreOrLessIsWider(String before, String after, String message) throws IOException {
		String plain = SPEC.replace("    anomalyDetection: { thresholds: [ { metric: items, max: 50 } ] }\n", "");
		assertThat(diff(plain, plain.replace(before, after)).out()).startsWith("wider: " + message);
		assertThat(diff(plain, plain.replace(before, after)).code()).isOne();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			who: A clerk          | who: Somebody           | order.placed: what it means changed
			tags: [desk]          | tags: [till]            | order.placed: its tags changed
			max: 50               | max: 60                 | order.placed: what stands out changed
			How many              | How much                | order.placed/items: its description changed
			version: 1.0.0        | version: 1.1.0          | order.placed: its version changed
			@team.shop            | @team.desk              | @team.desk answer for it, not @team.shop
			""")
	void otherWordsAreZero(String before, String after, String message) throws IOException {
		assertThat(diff(SPEC, SPEC.replace(before, after)))
			.isEqualTo(new Cli.Answer(0, "reworded: " + message + "\nThe same is collected, in other words\n", ""));
	}

	@Test
	void eventsAndPropertiesComeAndGo() throws IOException {
		String less = SPEC.replace(CART, "").replace("      payment: { type: string, values: [card, invoice] }\n", "");
		assertThat(diff(less, SPEC).out().lines()).containsExactly("wider: cart.opened: is collected",
				"wider: order.placed/payment: is collected", "More is collected: it needs a new yes");
		assertThat(diff(SPEC, less).out().lines()).containsExactly("narrower: cart.opened: is no longer collected",
				"narrower: order.placed/payment: is no longer collected", "Less is collected");
	}

	@Test
	void aBoundThatIsTakenAwayIsWider() throws IOException {
		assertThat(diff(SPEC, SPEC.replace(", max: 100", "")).code()).isOne();
		assertThat(diff(SPEC, SPEC.replace("min: 1, ", "")).code()).isOne();
		assertThat(diff(SPEC, SPEC.replace(", values: [card, invoice]", "")).code()).isOne();
		assertThat(diff(SPEC, SPEC.replace("    expires: 2027-06-30\n", "")).code()).isOne();
		assertThat(diff(SPEC, SPEC.replace("    retention: { days: 30, policy: delete }\n", "")).code()).isOne();
		assertThat(diff(SPEC, SPEC.replace("config: { providers: [ { type: posthog } ] }\n", "")).code()).isOne();
		assertThat(diff(SPEC, SPEC.replace("pii: true, bucket: 10", "pii: false")).code()).isOne();
	}

	@Test
	void anEventMayMoveToAnotherFile() throws IOException {
		Path old = Files.createDirectory(this.directory.resolve("old"));
		Path now = Files.createDirectory(this.directory.resolve("new"));
		Files.writeString(old.resolve("shop.telemetry.yaml"), SPEC);
		Files.writeString(now.resolve("shop.telemetry.yaml"), SPEC.replace(CART, ""));
		Files.writeString(now.resolve("cart.telemetry.yaml"),
				SPEC.substring(0, SPEC.indexOf("  - key: order")).replace("key: shop", "key: cart") + CART);
		assertThat(Cli.run("diff", old.toString(), now.toString()).out()).isEqualTo("The same is collected\n");
	}

	@Test
	void theAnswerIsJsonOnDemand() throws IOException {
		assertThat(diff(SPEC, SPEC.replace("rate: 0.5", "rate: 1"), "--output", "json").out())
			.isEqualTo("{\"result\":\"wider\",\"changes\":[{\"kind\":\"wider\",\"event\":\"order.placed\","
					+ "\"text\":\"100 % of it are kept, not 50 %\"}]}\n");
		assertThat(diff(SPEC, SPEC, "--output", "json").out()).isEqualTo("{\"result\":\"same\",\"changes\":[]}\n");
	}

	@Test
	void manifestsOfABuildAreCompared() throws IOException {
		String manifest = "{ \"format\": 1, \"events\": [ { \"name\": \"order.placed\", \"properties\": [ %s ] } ] }";
		Path old = Files.writeString(this.directory.resolve("old.json"), manifest.formatted(""));
		Path now = Files.writeString(this.directory.resolve("new.json"),
				manifest.formatted("{ \"name\": \"items\", \"type\": \"number\" }"));
		assertThat(Cli.run("diff", old.toString(), now.toString())).isEqualTo(new Cli.Answer(1,
				"wider: order.placed/items: is collected\nMore is collected: it needs a new yes\n", ""));
		assertThat(Cli.run("diff", now.toString(), now.toString()).code()).isZero();
		Files.writeString(now, "{ \"format\": 1 ");
		Cli.Answer damaged = Cli.run("diff", old.toString(), now.toString());
		assertThat(damaged.code()).isEqualTo(2);
		assertThat(damaged.err()).contains("new.json' is no manifest: ", "new.json:1:");
		assertThat(Cli.run("diff", old.toString(), this.directory.resolve("none.json").toString()).err())
			.contains("none.json' is not a file");
	}

	@Test
	void specsThatContradictEachOtherAreTwo() throws IOException {
		Files.writeString(this.directory.resolve("a.telemetry.yaml"), SPEC);
		Files.writeString(this.directory.resolve("b.telemetry.yaml"), SPEC);
		Cli.Answer answer = Cli.run("diff", this.directory.toString(), this.directory.toString());
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains("contradict each other", "'lint' shows where");
		assertThat(Cli.run("diff", this.directory.toString()).code()).isEqualTo(2);
	}

	private Cli.Answer diff(String before, String after, String... options) throws IOException {
		String[] args = new String[options.length + 3];
		args[0] = "diff";
		args[1] = Files.writeString(this.directory.resolve("old.yaml"), before).toString();
		args[2] = Files.writeString(this.directory.resolve("new.yaml"), after).toString();
		System.arraycopy(options, 0, args, 3, options.length);
		return Cli.run(args);
	}

}
