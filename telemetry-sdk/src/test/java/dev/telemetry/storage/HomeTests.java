package dev.telemetry.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import dev.telemetry.problem.Problem;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** Tests for {@link Home}. */
@Tag("F-11")
class HomeTests {

	@TempDir
	Path directory;

	@Test
	void checkWhenMissingFindsNoProblemAndCreatesNothing() {
		Path path = this.directory.resolve("a/b");
		assertThat(Home.byDefault(path).check()).isNull();
		assertThat(Home.chosen(path).check()).isNull();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void checkWhenPathIsFileNamesThePropertyAndTheMend() throws Exception {
		Path path = Files.writeString(this.directory.resolve("home"), "");
		assertThat(Home.chosen(path).check()).isEqualTo(new Problem("telemetry.home", path.toString(),
				"the path is not a directory", "set telemetry.home to a directory of its own"));
	}

	@Test
	void checkWhenParentIsFileRefuses() throws Exception {
		Path file = Files.writeString(this.directory.resolve("file"), "");
		assertThat(reason(Home.chosen(file.resolve("home")))).contains("missing or a file");
		assertThat(reason(Home.chosen(file.resolve("a/home")))).contains("missing or a file");
	}

	@Test
	void checkWhenLinkRefuses() throws Exception {
		Path target = Files.createDirectory(this.directory.resolve("target"));
		Path link = Files.createSymbolicLink(this.directory.resolve("home"), target);
		assertThat(reason(Home.chosen(link))).contains("symbolic link");
		assertThat(Home.chosen(target).check()).isNull();
	}

	@Test
	void checkWhenDirectoryIsAnotherUsersSaysWhose() throws Exception {
		int uid = FileFacts.of(this.directory).uid();
		assertThat(new HomeCheck(this.directory, true, () -> new ProcessOwner(uid)).refusal()).isNull();
		HomeCheck.Refusal refusal = new HomeCheck(this.directory, true, () -> new ProcessOwner(uid + 1)).refusal();
		if (uid != 0) {
			assertThat(refusal).isEqualTo(new HomeCheck.Refusal(
					"the directory belongs to user " + uid + ", and this process runs as user " + (uid + 1),
					"set telemetry.home to a directory of this user, or run as user " + uid));
		}
	}

	@Test
	void checkOwnersNamesWhatIsAnotherUsers() throws Exception {
		for (String name : List.of("telemetry.log", "consent.json", "others.txt")) {
			Files.writeString(this.directory.resolve(name), "");
		}
		Files.createDirectories(this.directory.resolve("spill/otlp/0123"));
		Files.writeString(this.directory.resolve("spill/otlp/0123/lock"), "");
		int uid = FileFacts.of(this.directory).uid();
		assertThat(new HomeOwners(this.directory, new ProcessOwner(uid)).problem()).isNull();
		assertThat(new HomeOwners(this.directory, new ProcessOwner(-1)).problem()).as("owners are not known").isNull();
		assertThat(new HomeOwners(this.directory.resolve("missing"), new ProcessOwner(uid)).problem()).isNull();
		if (uid != 0) {
			Problem problem = new HomeOwners(this.directory, new ProcessOwner(uid + 1)).problem();
			assertThat(problem).isEqualTo(new Problem("telemetry.home", this.directory.toString(),
					"what is in consent.json, spill, telemetry.log belongs to user " + uid
							+ ", and this process runs as user " + (uid + 1),
					"set telemetry.home to a directory of this user, or run as user " + uid));
		}
	}

	@Test
	void foreignOwnerLooksAtTheNearestDirectoryThatTells() throws Exception {
		int uid = FileFacts.of(this.directory).uid();
		Path missing = this.directory.resolve("a/b/consent.json");
		assertThat(ForeignOwner.of(missing, new ProcessOwner(uid))).isNull();
		assertThat(ForeignOwner.of(missing, new ProcessOwner(uid + 1)))
			.isEqualTo(new ForeignOwner("its directory", uid, uid + 1));
		Path file = Files.writeString(this.directory.resolve("ids.jsonl"), "");
		assertThat(ForeignOwner.of(file, new ProcessOwner(uid + 1))).isEqualTo(new ForeignOwner("it", uid, uid + 1));
		assertThat(new ForeignOwner("it", 0, 1001).action())
			.isEqualTo("set telemetry.home to a directory of this user, or give what is in it to user 1001 (chown)");
	}

	@Test
	void checkWhenNotWritableRefuses() throws Exception {
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("r-xr-xr-x"));
		assumeFalse(Files.isWritable(this.directory), "root may write everywhere");
		assertThat(reason(Home.chosen(this.directory))).isEqualTo("the directory is not writable");
		assertThat(reason(Home.chosen(this.directory.resolve("a/b")))).contains("above it is not writable");
	}

	@ParameterizedTest
	@ValueSource(strings = { "config.toml", "consent.jsonl", "notices2", "telemetry.logs", "x.tmp", "x.0123.tmp" })
	void checkWhenDefaultHoldsFilesOfOthersRefuses(String name) throws Exception {
		Files.writeString(this.directory.resolve(name), "theirs");
		assertThat(reason(Home.byDefault(this.directory))).contains("files of others");
		assertThat(Home.chosen(this.directory).check()).isNull();
	}

	@Test
	void checkWhenDefaultHoldsOurFilesOnlyFindsNoProblem() throws Exception {
		for (String name : new String[] { "consent.json", "consent.json.lock", "consent.json.damaged",
				"consent-receipts.jsonl", "notices", "telemetry.log", "telemetry.log.1", "telemetry.yaml",
				"telemetry.opt-in", "ids.jsonl", "install-secret", "spill", "rejected", "deletion", "archive",
				"install-secret.0123456789abcdef0123456789abcdef.tmp" }) {
			Files.writeString(this.directory.resolve(name), "");
		}
		assertThat(Home.byDefault(this.directory).check()).isNull();
	}

	@Test
	void createWhenRefusedThrowsAndChangesNothing() throws Exception {
		Files.writeString(this.directory.resolve("config.toml"), "theirs");
		assertThatIOException().isThrownBy(() -> Home.byDefault(this.directory).createDirectory("spill"))
			.withMessageContaining("set telemetry.home");
		assertThat(this.directory.resolve("spill")).doesNotExist();
	}

	@Test
	void createWhenMissingCreatesPrivateDirectories() throws Exception {
		Home home = Home.byDefault(this.directory.resolve("a/home"));
		Path spill = home.createDirectory("spill");
		assertThat(spill).isEqualTo(home.resolve("spill"));
		assertThat(permissions(this.directory.resolve("a"))).isEqualTo("rwx------");
		assertThat(permissions(home.path())).isEqualTo("rwx------");
		assertThat(permissions(spill)).isEqualTo("rwx------");
	}

	@Test
	void createWhenThereLeavesItsMode() throws Exception {
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
		Home.chosen(this.directory).create();
		assertThat(permissions(this.directory)).isEqualTo("rwxr-xr-x");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "null",
			value = { "demo-app, demo-app", "Demo App!, demo-app", "../../etc, etc", "a..b, a..b", "'  x  y  ', x-y",
					".hidden, hidden", "-_-, null", "'', null", "..., null", "Ünïcode, n-code", "TITLE, title",
					"a/b\\c:d, a-b-c-d", "snake_case.v2, snake_case.v2" })
	void slugReturnsDirectoryName(String name, String slug) {
		assertThat(Home.slug(name)).isEqualTo(slug);
	}

	@Property(tries = 500)
	void slugIsAlwaysASafeName(@ForAll String name) {
		String slug = Home.slug(name);
		assertThat(slug == null || slug.matches("[a-z0-9][a-z0-9._-]*")).isTrue();
		assertThat(slug == null || slug.equals(Home.slug(slug))).isTrue();
	}

	@Test
	void expandReplacesLeadingTilde() {
		Path home = Path.of("/home/alice");
		assertThat(Home.expand("~", home)).isEqualTo(home);
		assertThat(Home.expand("~/.app", home)).isEqualTo(Path.of("/home/alice/.app"));
		assertThat(Home.expand("~bob/.app", home)).isEqualTo(Path.of("~bob/.app"));
		assertThat(Home.expand("/var/~/app", home)).isEqualTo(Path.of("/var/~/app"));
	}

	@Test
	void displayHidesTheUsersHome() {
		Path home = Path.of("/home/alice");
		assertThat(Home.display(Path.of("/home/alice/.app/telemetry.log"), home)).isEqualTo("~/.app/telemetry.log");
		assertThat(Home.display(home, home)).isEqualTo("~");
		assertThat(Home.display(Path.of("/home/alice2/x"), home)).isEqualTo("/home/alice2/x");
	}

	private static String reason(Home home) {
		Problem problem = home.check();
		assertThat(problem).isNotNull();
		return problem.problem();
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

}
