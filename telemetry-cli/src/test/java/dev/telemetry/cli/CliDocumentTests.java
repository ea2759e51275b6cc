package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.telemetry.spec.lint.LintRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/cli.md} is true: its examples are run, one after the other, in one
 * directory.
 */
class CliDocumentTests {

	private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w+)\n(.*?)```\n");

	private static final Pattern FILE = Pattern.compile("# file: (\\S+)\n");

	@TempDir
	private Path directory;

	@Test
	void itsExamplesAnswerAsItSays() throws IOException {
		int commands = 0;
		for (MatchResult block : BLOCK.matcher(document()).results().toList()) {
			if (block.group(1).equals("console")) {
				commands += run(block.group(2));
			}
			else {
				write(block.group(2));
			}
		}
		assertThat(commands).isEqualTo(21);
	}

	private void write(String text) throws IOException {
		List<MatchResult> names = FILE.matcher(text).results().toList();
		assertThat(names).hasSize(1);
		Path file = this.directory.resolve(names.get(0).group(1));
		Files.createDirectories(file.getParent());
		boolean comment = file.toString().endsWith(".yaml");
		Files.writeString(file, comment ? text : text.substring(names.get(0).end()));
	}

	private int run(String console) {
		int code = 0;
		List<String> examples = Arrays.stream(console.split("(?m)^\\$ ")).filter((text) -> !text.isEmpty()).toList();
		for (String example : examples) {
			String command = example.lines().findFirst().orElseThrow();
			String expected = example.substring(command.length() + 1);
			if (command.equals("echo $?")) {
				assertThat(code + "\n").as(console).isEqualTo(expected);
			}
			else {
				String[] words = command.split(" ");
				assertThat(words[0]).isEqualTo("telemetry-cli");
				Cli.Answer answer = Cli.runIn(this.directory, Arrays.copyOfRange(words, 1, words.length));
				code = answer.code();
				assertThat((answer.out() + answer.err()).replace(this.directory + "/", "")).isEqualTo(expected);
			}
		}
		return examples.size();
	}

	@Test
	void itsTableOfRulesIsWhole() throws IOException {
		String rows = document().lines()
			.filter((line) -> line.endsWith("| yes |") || line.endsWith("| no |"))
			.map((line) -> line.split("`")[1] + " " + line.endsWith("| yes |"))
			.toList()
			.toString();
		assertThat(rows).isEqualTo(
				Arrays.stream(LintRule.values()).map((rule) -> rule.id() + " " + rule.allowable()).toList().toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "lint", "create", "docs", "diff", "report", "doctor", "replay", "scan" })
	void everyCommandHasHelpWithExitCodesAndAForm(String command) throws IOException {
		Cli.Answer help = Cli.run(command, "--help");
		assertThat(help.code()).isZero();
		assertThat(help.err()).isEmpty();
		assertThat(help.out()).contains("Usage: telemetry-cli " + command, "--output", "Exit codes:", "  2   ");
		assertThat(document()).contains("| `" + command + "` |", "## " + command + "\n");
		assertThat(Cli.run("--help").out()).contains("  " + command);
	}

	@Test
	void itSaysWhichVersionItIs() {
		assertThat(Cli.run("--version").out()).startsWith("telemetry-cli ");
	}

	private static String document() throws IOException {
		return Files.readString(Path.of("../docs/cli.md"));
	}

}
