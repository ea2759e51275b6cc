package dev.telemetry.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code consent enable} with a real application in a process of its own. */
class ConsentEnableTests {

	private static final Pattern NOTICE = Pattern.compile("notice: +(sha256:[0-9a-f]{64})");

	@TempDir
	private Path directory;

	private Path jar;

	@BeforeEach
	void application() throws IOException {
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((entry) -> Path.of(entry).toUri().toString())
			.collect(Collectors.joining(" "));
		this.jar = new Jar().with("META-INF/MANIFEST.MF", manifest(ConsentApplication.class, classPath))
			.write(this.directory.resolve("acme.jar"));
	}

	private static byte[] manifest(Class<?> main, String classPath) throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
		manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		manifest.write(bytes);
		return bytes.toByteArray();
	}

	private String[] command(String... options) {
		List<String> command = new ArrayList<>(List.of("consent", "enable", "--app", this.jar.toString()));
		command.addAll(List.of(options));
		Stream
			.of("--", "--spring.application.name=acme", "--telemetry.home=" + home(),
					"--telemetry.http.endpoint=http://localhost:1/events",
					"--telemetry.consent.detect-test-environment=false", "--spring.main.banner-mode=off")
			.forEach(command::add);
		return command.toArray(String[]::new);
	}

	private Path home() {
		return this.directory.resolve("home");
	}

	private @Nullable ConsentRecord recorded() {
		return ConsentStore.file(Home.chosen(home()), "acme").read().record();
	}

	@ParameterizedTest
	@CsvSource({ "y, EXPORT", "YES, EXPORT", "l, LOCAL" })
	void yesIsRecordedByTheApplication(String typed, ConsentScope scope) {
		Cli.Answer answer = Cli.typeWithout("DO_NOT_TRACK", typed + "\n", command());
		assertThat(answer.err()).contains("Where it goes", "localhost", "Allow? [N] no, [l]");
		assertThat(answer.code()).as(answer.toString()).isZero();
		ConsentRecord record = recorded();
		assertThat(record).isNotNull();
		assertThat(record.granted()).isTrue();
		assertThat(record.scope()).isEqualTo(scope);
		assertThat(record.notice()).isEqualTo(notice(answer.err()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "n\n", "\n", "", "perhaps\n" })
	void anythingElseRecordsNothing(String typed) {
		Cli.Answer answer = Cli.typeWithout("DO_NOT_TRACK", typed, command());
		assertThat(answer.err()).contains("Allow? [N] no").endsWith("Nothing was recorded\n");
		assertThat(answer.code()).isOne();
		assertThat(home()).doesNotExist();
	}

	@Test
	void limitOfTheScopeIsAskedFor() {
		Cli.Answer answer = Cli.typeWithout("DO_NOT_TRACK", "y\n", command("--scope", "local"));
		assertThat(answer.err()).contains("Allow it on this machine?");
		assertThat(recorded()).isNotNull().extracting(ConsentRecord::scope).isEqualTo(ConsentScope.LOCAL);
	}

	@Test
	void scriptNamesTheNoticeThatWasRead() {
		Cli.Answer other = Cli.typeWithout("DO_NOT_TRACK", "", command("--notice", "sha256:" + "0".repeat(64)));
		assertThat(other.code()).as("another notice").isOne();
		assertThat(recorded()).isNull();
		String notice = notice(Cli.typeWithout("DO_NOT_TRACK", "n\n", command()).err());
		Cli.Answer answer = Cli.runWithout("DO_NOT_TRACK", command("--notice", notice, "--output", "json"));
		assertThat(answer.code()).as(answer.toString()).isZero();
		assertThat(answer.out()).startsWith("{").contains("GRANTED");
		assertThat(recorded()).isNotNull();
	}

	@Test
	void vetoOfTheEnvironmentIsTheApplicationsToo() {
		Cli.Answer answer = Cli.type("y\n", command());
		assertThat(answer.code()).isOne();
		assertThat(answer.out()).contains("DO_NOT_TRACK");
		assertThat(recorded()).isNull();
	}

	@Test
	void noTerminalIsAnError() {
		Cli.Answer answer = Cli.run(command());
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains("there is no terminal to ask a user on", "--telemetry.command=notice",
				"--notice");
	}

	@Test
	void applicationWithoutTelemetryIsNotStarted() throws IOException {
		new Jar().with("META-INF/MANIFEST.MF", manifest(ConsentApplication.class, "."))
			.with("BOOT-INF/lib/spring-core-7.0.0.jar", new Jar())
			.write(this.jar);
		Cli.Answer answer = Cli.type("y\n", command());
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains("is an application without telemetry", "telemetry-spring-boot-starter");
	}

	@Test
	void whatIsNoJarIsNamed() throws IOException {
		Files.writeString(this.jar, "text");
		assertThat(Cli.type("y\n", command()).err()).contains("cannot be read as a jar");
		Files.delete(this.jar);
		assertThat(Cli.type("y\n", command()).err()).contains("is not a file");
	}

	private static String notice(String text) {
		Matcher matcher = NOTICE.matcher(text);
		assertThat(matcher.find()).as(text).isTrue();
		return matcher.group(1);
	}

}
