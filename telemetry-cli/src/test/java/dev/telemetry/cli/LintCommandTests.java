package dev.telemetry.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code lint}: exit codes, both forms of the answer, and files that cannot be read. */
class LintCommandTests {

	static final String CLEAN = """
			meta:
			  key: shop
			  version: 1.0.0
			  owners: ['@team.shop']
			events:
			  - key: order.placed
			    version: 1.0.0
			    semantics:
			      what: An order was placed
			    purpose: decide which payment to offer first
			    privacy: internal
			    expires: 2027-06-30
			    properties:
			      items: { type: number }
			""";

	@TempDir
	private Path directory;

	@Test
	void aCleanFileIsZero() throws IOException {
		Cli.Answer answer = Cli.run("lint", write("shop.telemetry.yaml", CLEAN));
		assertThat(answer).isEqualTo(new Cli.Answer(0, "Nothing found in 1 file\n", ""));
	}

	@Test
	void findingsAreOneWithPlaceRuleAndMend() throws IOException {
		String file = write("shop.telemetry.yaml", CLEAN.replace("@team.shop", "Bob"));
		Cli.Answer answer = Cli.run("lint", file);
		assertThat(answer.code()).isOne();
		assertThat(answer.err()).isEmpty();
		assertThat(answer.out().lines()).containsExactly(
				file + ":4:12: owner: 'Bob' cannot be reached; write a team such as @team.shop, or an address",
				"1 thing found in 1 file");
	}

	@Test
	void theAnswerIsJsonOnDemand() throws IOException {
		String file = write("shop.telemetry.yaml", CLEAN.replace("    privacy: internal\n", ""));
		Cli.Answer answer = Cli.run("lint", file, "--output", "json");
		assertThat(answer.code()).isOne();
		assertThat(answer.out()).isEqualTo("{\"files\":1,\"findings\":[{\"file\":\"" + file
				+ "\",\"line\":6,\"column\":5,\"rule\":\"privacy\",\"problem\":\"'privacy' is missing\","
				+ "\"action\":\"write public, internal, pii or sensitive\"}]}\n");
	}

	@Test
	void allSpecsOfADirectoryAreJudgedTogetherButNotWhatABuildMade() throws IOException {
		write("src/a.telemetry.yaml", CLEAN);
		write("src/deep/b.telemetry.yaml", CLEAN.replace("key: shop", "key: desk"));
		write("src/other.yaml", "not: a spec");
		write("target/classes/a.telemetry.yaml", CLEAN);
		Cli.Answer answer = Cli.run("lint", this.directory.toString());
		assertThat(answer.code()).isOne();
		assertThat(answer.out()).contains("deep/b.telemetry.yaml:1:1: conflict: ")
			.endsWith("1 thing found in 2 files\n");
	}

	@Test
	void aFileNamedTwiceIsReadOnce() throws IOException {
		String file = write("a.telemetry.yaml", CLEAN);
		assertThat(Cli.run("lint", file, this.directory.toString()).code()).isZero();
	}

	@Test
	void whatIsNoSpecIsAFindingAndNoStackTrace() throws IOException {
		Files.write(this.directory.resolve("binary.telemetry.yaml"), new byte[] { 0, (byte) 0xff, 27, 3 });
		write("deep.telemetry.yaml", "{a: ".repeat(500));
		write("big.telemetry.yaml", "#".repeat(1024 * 1024 + 1));
		write("bomb.telemetry.yaml", "a: &a [x]\nb: &b [" + "*a,".repeat(60) + "]\nc: [*b, *b]");
		write("tag.telemetry.yaml", "!!java.net.URL ['https://example.com']");
		Cli.Answer answer = Cli.run("lint", this.directory.toString());
		assertThat(answer.code()).isOne();
		assertThat(answer.err()).isEmpty();
		assertThat(answer.out()).doesNotContain("\tat ")
			.contains("binary.telemetry.yaml:1:1: spec: ", "deep.telemetry.yaml:", "big.telemetry.yaml:1:1: spec: ",
					"bomb.telemetry.yaml:", "tag.telemetry.yaml:");
	}

	@Test
	void whatAFileHoldsDoesNotSteerTheTerminal() throws IOException {
		String file = write("a.telemetry.yaml", CLEAN.replace("'@team.shop'", "\"x\\e[2J\""));
		assertThat(Cli.run("lint", file).out()).contains("'x\\u001b[2J' cannot be reached").doesNotContain("\u001b");
	}

	@Test
	void aFileThatIsNotThereIsTwo() {
		Cli.Answer answer = Cli.run("lint", this.directory.resolve("missing.yaml").toString());
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.out()).isEmpty();
		assertThat(answer.err()).endsWith("missing.yaml' does not exist; name a spec, or a directory with specs\n");
	}

	@Test
	void aDirectoryWithoutSpecsIsTwo() {
		Cli.Answer answer = Cli.run("lint", this.directory.toString());
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains("holds no file named *.telemetry.yaml; name another directory");
	}

	@Test
	void whatIsNotUnderstoodIsTwo() {
		assertThat(Cli.run("lint").err()).contains("FILE|DIR", "see 'telemetry-cli lint --help'");
		assertThat(Cli.run("lint").code()).isEqualTo(2);
		assertThat(Cli.run("lint", ".", "--output", "xml").code()).isEqualTo(2);
		assertThat(Cli.run("lint", ".", "--ouput", "json").err()).contains("--ouput");
		assertThat(Cli.run("lnit", ".").err()).contains("lnit");
		assertThat(Cli.run("lint", "a\0b").err()).contains("is not a name of a file");
		Cli.Answer nothing = Cli.run();
		assertThat(nothing.code()).isEqualTo(2);
		assertThat(nothing.err()).contains("lint");
	}

	private String write(String name, String text) throws IOException {
		Path file = this.directory.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.write(file, text.getBytes(StandardCharsets.UTF_8)).toString();
	}

}
