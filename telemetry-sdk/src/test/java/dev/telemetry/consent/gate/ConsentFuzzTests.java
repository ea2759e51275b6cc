package dev.telemetry.consent.gate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.telemetry.consent.notice.Mutations;
import dev.telemetry.consent.store.ConsentRecordFormat;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.Requirement;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Damaged files never open more than absent ones would. The seed of each run is printed.
 */
@Tag("T-22")
class ConsentFuzzTests {

	private static final int FILES = 6_000;

	private static final Set<String> TRUE_WORDS = Set.of("1", "true", "yes", "y", "on");

	private static final String JSON_BLANKS = " \t\r\n";

	/** What is trimmed off a word: all that Java calls white space. */
	private static final String BLANKS = JSON_BLANKS + "\u000b\f\u001c\u001d\u001e\u001f";

	private final long seed = System.nanoTime();

	private final Mutations mutations = new Mutations(this.seed);

	@TempDir
	Path directory;

	@Test
	void resolveWhenRecordedYesIsDamagedStaysClosed() throws Exception {
		byte[] yes = ConsentRecordFormat.write(Inputs.yes(ConsentScope.EXPORT));
		Path file = this.directory.resolve("consent.json");
		int open = 0;
		for (int i = 0; i < FILES; i++) {
			byte[] content = this.mutations.mutate(yes);
			Files.write(file, content);
			ConsentDecision decision = decide();
			boolean same = strip(content, JSON_BLANKS).equals(strip(yes, JSON_BLANKS));
			assertThat(decision.scope()).as(() -> describe(content))
				.isEqualTo(same ? ConsentScope.EXPORT : ConsentScope.NONE);
			assertThat(decision.state()).as(() -> describe(content))
				.isEqualTo(same ? ConsentState.GRANTED : ConsentState.FAULT);
			open += same ? 1 : 0;
		}
		System.out.println("Consent: seed " + this.seed + ", " + FILES + " damaged yes, " + open
				+ " of them differ in white space only");
		assertThat(open).as("some stay readable").isPositive();
	}

	@Test
	void resolveWhenRecordedNoIsDamagedStaysClosedAgainstConfiguration() throws Exception {
		byte[] no = ConsentRecordFormat.write(Inputs.no(false));
		Path file = this.directory.resolve("consent.json");
		for (int i = 0; i < FILES; i++) {
			byte[] content = this.mutations.mutate(no);
			Files.write(file, content);
			assertThat(decide(Inputs.enabled("true")).scope()).as(() -> describe(content)).isEqualTo(ConsentScope.NONE);
		}
		System.out.println("Consent: seed " + this.seed + ", " + FILES + " damaged no");
		Files.delete(file);
		assertThat(decide(Inputs.enabled("true")).scope()).as("the file is what closes").isEqualTo(ConsentScope.EXPORT);
	}

	@Test
	void resolveWhenOptInFileIsDamagedOpensOnlyForTrueWords() throws Exception {
		Path file = this.directory.resolve("telemetry.opt-in");
		int open = 0;
		for (int i = 0; i < FILES; i++) {
			byte[] content = this.mutations
				.mutate(((i % 2 == 0) ? "true\n" : "false\n").getBytes(StandardCharsets.UTF_8));
			Files.write(file, content);
			boolean yes = content.length <= 1024
					&& TRUE_WORDS.contains(strip(withoutMark(content), BLANKS).toLowerCase(Locale.ROOT));
			assertThat(decide().scope()).as(() -> describe(content))
				.isEqualTo(yes ? ConsentScope.LOCAL : ConsentScope.NONE);
			open += yes ? 1 : 0;
		}
		System.out.println("Consent: seed " + this.seed + ", " + FILES + " damaged opt-in files, " + open
				+ " of them still say yes");
		assertThat(open).isBetween(1, FILES - 1);
	}

	@Test
	@Timeout(60)
	void resolveWhenFileIsNoPrivateRegularFileStaysClosed() throws Exception {
		byte[] yes = ConsentRecordFormat.write(Inputs.yes(ConsentScope.EXPORT));
		for (String name : List.of("consent.json", "telemetry.opt-in")) {
			byte[] content = name.endsWith("json") ? yes : "true".getBytes(StandardCharsets.UTF_8);
			Path file = this.directory.resolve(name);
			Files.write(file, content);
			assertThat(decide().scope()).isNotEqualTo(ConsentScope.NONE);
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw----rw-"));
			assertThat(decide().scope()).isEqualTo(ConsentScope.NONE);
			Files.delete(file);
			Files.createSymbolicLink(file, Files.write(this.directory.resolve("target"), content));
			assertThat(decide().scope()).isEqualTo(ConsentScope.NONE);
			Files.delete(file);
			Files.createSymbolicLink(file, Path.of("nowhere"));
			assertThat(decide().scope()).isEqualTo(ConsentScope.NONE);
			Files.delete(file);
			Files.write(file, new byte[1024 * 1024]);
			assertThat(decide().scope()).isEqualTo(ConsentScope.NONE);
			Files.delete(file);
		}
	}

	@Test
	@Timeout(60)
	void resolveWhenFileIsFifoDoesNotOpenIt() throws Exception {
		for (String name : List.of("consent.json", "telemetry.opt-in")) {
			Path file = this.directory.resolve(name);
			Requirement.that(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "mkfifo is here");
			Process process = new ProcessBuilder("/usr/bin/mkfifo", "-m", "600", file.toString()).start();
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isZero();
			ConsentDecision decision = decide();
			assertThat(decision.scope()).isEqualTo(ConsentScope.NONE);
			assertThat(decision.state()).isEqualTo(name.endsWith("json") ? ConsentState.FAULT : ConsentState.UNDECIDED);
			Files.delete(file);
		}
	}

	private ConsentDecision decide(ConsentInput... more) {
		Home home = Home.chosen(this.directory);
		List<ConsentInput> inputs = new ArrayList<>(ConsentSource.optInFile(home, new Problems()).read());
		inputs.addAll(List.of(more));
		return new ConsentResolver(ConsentPolicy.DEFAULTS, "consent.json").resolve(inputs,
				ConsentStore.file(home, "demo").read(), Inputs.TODAY);
	}

	private static byte[] withoutMark(byte[] content) {
		String text = new String(content, StandardCharsets.ISO_8859_1);
		return text.startsWith("\u00EF\u00BB\u00BF") ? Arrays.copyOfRange(content, 3, content.length) : content;
	}

	private static String strip(byte[] content, String blanks) {
		String text = new String(content, StandardCharsets.ISO_8859_1);
		int from = 0;
		int to = text.length();
		while (from < to && blanks.indexOf(text.charAt(from)) >= 0) {
			from++;
		}
		while (to > from && blanks.indexOf(text.charAt(to - 1)) >= 0) {
			to--;
		}
		return text.substring(from, to);
	}

	private String describe(byte[] content) {
		return "seed " + this.seed + ": " + new String(content, StandardCharsets.ISO_8859_1);
	}

}
