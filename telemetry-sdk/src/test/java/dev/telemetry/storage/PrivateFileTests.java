package dev.telemetry.storage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.telemetry.sdk.Patience;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Tests for {@link PrivateFile}. */
@Tag("T-06")
@Tag("T-07")
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class PrivateFileTests {

	@TempDir
	Path directory;

	@Test
	void writeWhenNewCreatesPrivateFileAndLeavesNothingElse() throws Exception {
		Path file = file("consent.json");
		PrivateFile.write(file, bytes("yes"));
		assertThat(file).hasContent("yes");
		assertThat(permissions(file)).isEqualTo("rw-------");
		assertThat(names()).containsExactly("consent.json");
	}

	@Test
	void writeWhenThereReplacesContentAndMode() throws Exception {
		Path file = Files.writeString(file("consent.json"), "a longer content from before");
		assertThat(permissions(file)).isNotEqualTo("rw-------");
		PrivateFile.write(file, bytes("new"));
		assertThat(file).hasContent("new");
		assertThat(permissions(file)).isEqualTo("rw-------");
	}

	@Test
	void writeWhenItFailsKeepsOldContentAndRemovesItsTemporaryFile() throws Exception {
		Path file = Files.createDirectory(file("consent.json"));
		Files.writeString(file.resolve("old"), "old");
		assertThatIOException().isThrownBy(() -> PrivateFile.write(file, bytes("new")));
		assertThat(file.resolve("old")).hasContent("old");
		assertThat(names()).containsExactly("consent.json");
	}

	@Test
	void writeWhenDirectoryIsGoneFails() {
		assertThatIOException().isThrownBy(() -> PrivateFile.write(file("gone/consent.json"), bytes("new")));
		assertThat(file("gone")).doesNotExist();
	}

	@Test
	void writeWhenLinkReplacesTheLinkAndNotItsTarget() throws Exception {
		Path victim = Files.writeString(file("victim"), "untouched");
		Path file = Files.createSymbolicLink(file("consent.json"), victim);
		PrivateFile.write(file, bytes("new"));
		assertThat(victim).hasContent("untouched");
		assertThat(Files.isSymbolicLink(file)).isFalse();
		assertThat(file).hasContent("new");
	}

	@Test
	void writeWhenThreadIsInterruptedWritesAndKeepsTheInterrupt() throws Exception {
		Path file = file("consent.json");
		Thread.currentThread().interrupt();
		PrivateFile.write(file, bytes("no"));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(file).hasContent("no");
	}

	@Test
	void readWhenThereReturnsBytes() throws Exception {
		Files.writeString(file("consent.json"), "content");
		assertThat(read("consent.json", 7)).isEqualTo("content");
	}

	@Test
	void readWhenEmptyReturnsNoBytes() throws Exception {
		Files.writeString(file("consent.json"), "");
		assertThat(read("consent.json", 7)).isEmpty();
	}

	@Test
	void readWhenMissingIsAbsent() {
		PrivateFile.Content content = PrivateFile.read(file("consent.json"), 7);
		assertThat(content.isAbsent()).isTrue();
		assertThat(PrivateFile.read(file("gone/consent.json"), 7).isAbsent()).isTrue();
	}

	@Test
	void readWhenLargerThanAllowedRefuses() throws Exception {
		Files.writeString(file("consent.json"), "contents");
		assertThat(refusal("consent.json", 7)).isEqualTo("it is larger than 7 bytes");
	}

	@Test
	void readWhenHugeRefusesWithoutReadingIt() throws Exception {
		try (RandomAccessFile sparse = new RandomAccessFile(file("consent.json").toFile(), "rw")) {
			sparse.setLength(1L << 40);
		}
		assertThat(refusal("consent.json", 65_536)).isEqualTo("it is larger than 65536 bytes");
	}

	@Test
	void readWhenLinkRefuses() throws Exception {
		Files.writeString(file("target"), "content");
		Files.createSymbolicLink(file("consent.json"), file("target"));
		assertThat(refusal("consent.json", 64)).isEqualTo("it is a symbolic link");
	}

	@Test
	void readWhenDanglingLinkRefuses() throws Exception {
		Files.createSymbolicLink(file("consent.json"), file("nowhere"));
		assertThat(refusal("consent.json", 64)).isEqualTo("it is a symbolic link");
	}

	@Test
	void readWhenFifoRefusesWithoutOpeningIt() throws Exception {
		fifo("consent.json");
		assertThat(refusal("consent.json", 64)).isEqualTo("it is not a regular file");
	}

	@Test
	void readWhenDeviceRefuses() {
		assertThat(PrivateFile.read(Path.of("/dev/zero"), 64).refusal()).isEqualTo("it is not a regular file");
	}

	@Test
	void readWhenDirectoryRefuses() throws Exception {
		Files.createDirectory(file("consent.json"));
		assertThat(refusal("consent.json", 64)).isEqualTo("it is not a regular file");
	}

	@Test
	void readWhenWritableByOthersRefuses() throws Exception {
		Path file = Files.writeString(file("consent.json"), "content");
		mode(file, "rw-rw-rw-");
		assertThat(refusal("consent.json", 64)).isEqualTo("it is writable by others");
	}

	@Test
	void readWhenWritableByGroupReturnsBytes() throws Exception {
		Path file = Files.writeString(file("consent.json"), "content");
		mode(file, "rw-rw-r--");
		assertThat(read("consent.json", 64)).isEqualTo("content");
	}

	@Test
	void readWhenParentIsFileRefuses() throws Exception {
		Files.writeString(file("home"), "");
		assertThat(refusal("home/consent.json", 64)).isIn("its directory is a file",
				"it cannot be read (FileSystemException)");
	}

	@Test
	void readWhenThreadIsInterruptedReadsAndKeepsTheInterrupt() throws Exception {
		Files.writeString(file("consent.json"), "content");
		Thread.currentThread().interrupt();
		String content = read("consent.json", 64);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(content).isEqualTo("content");
	}

	@Test
	void openForReadWhenMissingThrowsNoSuchFile() {
		assertThatExceptionOfType(NoSuchFileException.class)
			.isThrownBy(() -> PrivateFile.openForRead(file("telemetry.log")));
	}

	@Test
	void readWhenFileIsReplacedMeanwhileReturnsTheNewBytes() throws Exception {
		Path file = Files.writeString(file("consent.json"), "old");
		NotedDisk disk = new NotedDisk(this.directory);
		AtomicInteger replaced = new AtomicInteger();
		disk.afterOpening(() -> {
			exchange(file, "new");
			replaced.incrementAndGet();
		});
		PrivateFile.Content content = PrivateFile.read(disk.path().resolve("consent.json"), 100);
		assertThat(replaced).hasValue(1);
		assertThat(content.refusal()).isNull();
		assertThat(content.bytes()).isEqualTo(bytes("new"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void openKeyedForAppendWhenFileIsRenamedMeanwhileTellsTheFileThatIsOpen(boolean there) throws Exception {
		Path file = file("telemetry.log");
		if (there) {
			Files.writeString(file, "old");
		}
		NotedDisk disk = new NotedDisk(this.directory);
		disk.afterOpening(() -> exchange(file, "new"));
		PrivateFile.Keyed opened = PrivateFile.openKeyedForAppend(disk.path().resolve("telemetry.log"));
		try (FileChannel channel = opened.channel()) {
			channel.write(ByteBuffer.wrap(bytes(" line")));
		}
		assertThat(file("telemetry.log.1")).hasContent(there ? "old" : "");
		assertThat(file).hasContent("new line");
		assertThat(opened.key()).isEqualTo(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
	}

	/** As another process does that rotates. */
	private void exchange(Path file, String content) {
		try {
			Files.move(file, file.resolveSibling(file.getFileName() + ".1"));
			Files.writeString(file, content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void openForAppendWhenNewCreatesPrivateFile() throws Exception {
		append("one");
		append("two");
		assertThat(file("telemetry.log")).hasContent("onetwo");
		assertThat(permissions(file("telemetry.log"))).isEqualTo("rw-------");
	}

	@Test
	void openForAppendWhenFileWasTruncatedContinuesAtItsEnd() throws Exception {
		Path file = file("telemetry.log");
		try (FileChannel channel = PrivateFile.openForAppend(file)) {
			channel.write(ByteBuffer.wrap(bytes("one")));
			Files.writeString(file, "");
			channel.write(ByteBuffer.wrap(bytes("two")));
		}
		assertThat(file).hasContent("two");
	}

	@Test
	void openForAppendWhenReadableByOthersClosesIt() throws Exception {
		Path file = Files.writeString(file("telemetry.log"), "old ");
		mode(file, "rw-r--r--");
		append("new");
		assertThat(file).hasContent("old new");
		assertThat(permissions(file)).isEqualTo("rw-r-----");
	}

	@Test
	void openForAppendWhenLinkRefusesAndLeavesTarget() throws Exception {
		Path victim = Files.writeString(file("victim"), "untouched");
		Files.createSymbolicLink(file("telemetry.log"), victim);
		assertThatIOException().isThrownBy(() -> append("x")).withMessageContaining("symbolic link");
		assertThat(victim).hasContent("untouched");
	}

	@Test
	void openForAppendWhenDanglingLinkCreatesNothing() throws Exception {
		Files.createSymbolicLink(file("telemetry.log"), file("nowhere"));
		assertThatIOException().isThrownBy(() -> append("x")).withMessageContaining("symbolic link");
		assertThat(file("nowhere")).doesNotExist();
	}

	@Test
	void openForAppendWhenFifoRefusesWithoutOpeningIt() throws Exception {
		fifo("telemetry.log");
		assertThatIOException().isThrownBy(() -> append("x")).withMessageContaining("not a regular file");
	}

	@Test
	void openForAppendWhenHardLinkRefuses() throws Exception {
		Path victim = Files.writeString(file("victim"), "untouched");
		Files.createLink(file("telemetry.log"), victim);
		assertThatIOException().isThrownBy(() -> append("x")).withMessageContaining("hard link");
		assertThat(victim).hasContent("untouched");
	}

	@Test
	void openForAppendWhenWritableByOthersRefuses() throws Exception {
		mode(Files.writeString(file("telemetry.log"), ""), "rw-rw-rw-");
		assertThatIOException().isThrownBy(() -> append("x")).withMessageContaining("writable by others");
	}

	@Test
	void eraseWhenLinkErasesTheLinkOnly() throws Exception {
		Path victim = Files.writeString(file("victim"), "untouched");
		PrivateFile.erase(Files.createSymbolicLink(file("link"), victim));
		PrivateFile.erase(file("missing"));
		assertThat(names()).containsExactly("victim");
	}

	@Test
	void eraseUnfinishedErasesWhatACrashLeftAndNothingElse() throws Exception {
		String digits = "0123456789abcdef0123456789abcdef";
		Files.writeString(file("secret." + digits + ".tmp"), "left");
		List<String> others = List.of("secret", "secret." + digits, "secret.tmp", "secret.0123.tmp",
				"other." + digits + ".tmp", "secret.x." + digits + ".tmp");
		for (String other : others) {
			Files.writeString(file(other), "stays");
		}
		PrivateFile.eraseUnfinished(file("secret"));
		PrivateFile.eraseUnfinished(file("gone/secret"));
		assertThat(names()).containsExactlyInAnyOrderElementsOf(others);
	}

	@Test
	void eraseTreeErasesEverythingAndFollowsNoLink() throws Exception {
		Path victim = Files.createDirectory(file("victim"));
		Files.writeString(victim.resolve("content"), "untouched");
		Path tree = Files.createDirectories(file("spill/otlp/1"));
		Files.writeString(tree.resolve("1.batch"), "");
		Files.createSymbolicLink(tree.resolve("link"), victim);
		fifo("spill/otlp/fifo");
		PrivateFile.eraseTree(file("spill"));
		PrivateFile.eraseTree(file("missing"));
		assertThat(names()).containsExactly("victim");
		assertThat(victim.resolve("content")).hasContent("untouched");
	}

	@Test
	void eraseTreeWhenRootIsLinkErasesTheLinkOnly() throws Exception {
		Path victim = Files.createDirectory(file("victim"));
		Files.writeString(victim.resolve("content"), "untouched");
		PrivateFile.eraseTree(Files.createSymbolicLink(file("spill"), victim));
		assertThat(names()).containsExactly("victim");
		assertThat(victim.resolve("content")).hasContent("untouched");
	}

	@Test
	void createDirectoriesCreatesPrivateOnesAndLeavesExistingOnes() throws Exception {
		mode(Files.createDirectory(file("theirs")), "rwxr-xr-x");
		PrivateFile.createDirectories(file("theirs/a/b"));
		PrivateFile.createDirectories(file("theirs/a/b"));
		assertThat(permissions(file("theirs"))).isEqualTo("rwxr-xr-x");
		assertThat(permissions(file("theirs/a"))).isEqualTo("rwx------");
		assertThat(permissions(file("theirs/a/b"))).isEqualTo("rwx------");
	}

	@Test
	void createDirectoriesWhenFileIsInTheWayFails() throws Exception {
		Files.writeString(file("file"), "untouched");
		assertThatIOException().isThrownBy(() -> PrivateFile.createDirectories(file("file")));
		assertThatIOException().isThrownBy(() -> PrivateFile.createDirectories(file("file/below")));
		assertThat(file("file")).hasContent("untouched");
	}

	@Test
	void everythingWhenUmaskIsOpenIsPrivate() throws Exception {
		Path home = file("home");
		Process process = new ProcessBuilder("sh", "-c", "umask 000; exec \"$@\"", "sh",
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), OpenUmask.class.getName(), home.toString())
			.inheritIO()
			.start();
		assertThat(Patience.exit("the process with an open umask", process)).isZero();
		assertThat(permissions(home.resolve("control"))).isEqualTo("rw-rw-rw-");
		assertThat(permissions(home)).isEqualTo("rwx------");
		assertThat(permissions(home.resolve("spill"))).isEqualTo("rwx------");
		assertThat(permissions(home.resolve("consent.json"))).isEqualTo("rw-------");
		assertThat(permissions(home.resolve("telemetry.log"))).isEqualTo("rw-------");
	}

	/** Runs in a process of its own, whose umask takes nothing away. */
	static final class OpenUmask {

		private OpenUmask() {
		}

		public static void main(String[] args) throws IOException {
			Home home = Home.chosen(Path.of(args[0]));
			home.createDirectory("spill");
			PrivateFile.write(home.resolve("consent.json"), new byte[1]);
			PrivateFile.openForAppend(home.resolve("telemetry.log")).close();
			Files.createFile(home.resolve("control"));
		}

	}

	private void append(String content) throws IOException {
		try (FileChannel channel = PrivateFile.openForAppend(file("telemetry.log"))) {
			channel.write(ByteBuffer.wrap(bytes(content)));
		}
	}

	private String read(String name, int maxBytes) {
		byte[] content = PrivateFile.read(file(name), maxBytes).bytes();
		assertThat(content).isNotNull();
		return new String(content, StandardCharsets.UTF_8);
	}

	private String refusal(String name, int maxBytes) {
		PrivateFile.Content content = PrivateFile.read(file(name), maxBytes);
		assertThat(content.bytes()).isNull();
		assertThat(content.isAbsent()).isFalse();
		return String.valueOf(content.refusal());
	}

	private void fifo(String name) throws Exception {
		assertThat(Patience.exit("mkfifo", new ProcessBuilder("mkfifo", file(name).toString()).start())).isZero();
	}

	private Path file(String name) {
		return this.directory.resolve(name);
	}

	private List<String> names() throws IOException {
		try (Stream<Path> entries = Files.list(this.directory)) {
			return entries.map((entry) -> String.valueOf(entry.getFileName())).toList();
		}
	}

	private static void mode(Path file, String permissions) throws IOException {
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
	}

	private static String permissions(Path file) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
	}

	private static byte[] bytes(String content) {
		return content.getBytes(StandardCharsets.UTF_8);
	}

}
