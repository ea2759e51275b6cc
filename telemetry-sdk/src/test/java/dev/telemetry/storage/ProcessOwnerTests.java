package dev.telemetry.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ProcessOwner}. */
@DisabledOnOs(OS.WINDOWS)
class ProcessOwnerTests {

	@TempDir
	Path directory;

	@Test
	void currentIsTheOwnerOfNewFiles() throws Exception {
		int uid = FileFacts.of(Files.createFile(this.directory.resolve("new"))).uid();
		assertThat(ProcessOwner.current().is(uid)).isTrue();
		assertThat(ProcessOwner.current().is(uid + 1)).isFalse();
	}

	@Test
	void findTakesTheUserOfNewFilesFromStatus() throws Exception {
		ProcessOwner owner = ProcessOwner.find(status("Name:\tjava\nUid:\t1000\t1001\t1002\t1003\nGid:\t7\t7\t7\t7\n"),
				List.of(this.directory), "nobody-of-that-name");
		assertThat(owner.is(1003)).isTrue();
	}

	@Test
	void findWhenStatusSaysNothingAsksThePlaceThatBearsTheUsersName() throws Exception {
		String name = Files.getOwner(this.directory).getName();
		int uid = FileFacts.of(this.directory).uid();
		Path missing = this.directory.resolve("missing");
		assertThat(ProcessOwner.find(status("Uid:\tx\n"), List.of(missing, this.directory), name).is(uid)).isTrue();
		assertThat(ProcessOwner.find(missing, List.of(this.directory), "nobody-of-that-name").is(uid)).isFalse();
	}

	@Test
	void trustsUsAndRootOnly() {
		ProcessOwner owner = new ProcessOwner(1000);
		assertThat(owner.trusts(1000)).isTrue();
		assertThat(owner.trusts(0)).isTrue();
		assertThat(owner.trusts(1001)).isFalse();
	}

	@Test
	void refusalWhenAnotherUsersSaysSo() throws Exception {
		Path file = Files.createFile(this.directory.resolve("consent.json"));
		FileFacts theirs = new FileFacts(FileFacts.Kind.FILE, null, 1001, 0100600, 1);
		assertThat(theirs.refusal(file, new ProcessOwner(1000)))
			.isEqualTo("it belongs to user " + theirs.uid() + ", and this process runs as user 1000");
		assertThat(theirs.refusal(file, new ProcessOwner(1001))).isNull();
	}

	private Path status(String content) throws IOException {
		return Files.writeString(this.directory.resolve("status"), content);
	}

}
