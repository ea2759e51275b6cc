package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import dev.telemetry.setting.TelemetryYamlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code init}, {@code schema} and what picocli offers of its own. */
class InitCommandTests {

	@TempDir
	private Path directory;

	@Test
	void templateIsWrittenOnceAndNothingInItIsActive() throws Exception {
		Path file = this.directory.resolve("telemetry.yaml");
		assertThat(Cli.run("init", this.directory.toString())).isEqualTo(new Cli.Answer(0, "Wrote " + file + "\n", ""));
		assertThat(TelemetryYamlParser.parse(Files.readAllBytes(file)).all()).isEmpty();
		assertThat(Files.readString(file)).contains("\n#enabled: false\n");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		Files.writeString(file, "enabled: false\n");
		Cli.Answer again = Cli.run("init", this.directory.toString());
		assertThat(again.code()).isEqualTo(2);
		assertThat(again.err()).contains("is there already", "--force");
		assertThat(Files.readString(file)).isEqualTo("enabled: false\n");
		assertThat(Cli.run("init", this.directory.toString(), "--force").code()).isZero();
		assertThat(Files.readString(file)).contains("\n#enabled: false\n");
	}

	@Test
	void templateIsWrittenWhereTheCommandRuns() throws IOException {
		assertThat(Cli.runIn(this.directory, "init").code()).isZero();
		assertThat(this.directory.resolve("telemetry.yaml")).isNotEmptyFile();
		assertThat(Cli.run("init", this.directory.resolve("missing").toString()).code()).isEqualTo(2);
	}

	@Test
	void schemaIsJson() {
		String schema = Cli.run("schema").out();
		assertThat(schema).startsWith("{").contains("\"$schema\": \"https://json-schema.org/", "\"retention\"");
	}

	@Test
	void mistypedCommandIsSuggested() {
		Cli.Answer answer = Cli.run("dcotor");
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains("did you mean '", "'doctor'");
		assertThat(Cli.run("dcotor-with-nothing-alike-at-all-zzz").err()).contains("telemetry-cli --help");
	}

	@Test
	void helpNamesEveryCommandAndHelpOfOneIsItsOwn() {
		assertThat(Cli.run("help").out()).contains("consent", "init", "schema", "report", "generate-completion");
		assertThat(Cli.run("help", "consent").out()).contains("status", "disable", "reset");
	}

	@Test
	void completionIsAScriptThatKnowsTheCommands() {
		Cli.Answer answer = Cli.run("generate-completion");
		assertThat(answer.code()).isZero();
		assertThat(answer.out()).startsWith("#!/usr/bin/env bash").contains("telemetry-cli", "consent", "--home");
	}

}
