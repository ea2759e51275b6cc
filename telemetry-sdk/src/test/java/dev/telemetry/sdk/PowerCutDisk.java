package dev.telemetry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A disk for each test that forgets at a power cut what was not synced: a file system in
 * user space, {@code power-cut.py} among the test resources, which needs
 * {@code /dev/fuse} and Debian's {@code python3-fusepy}. Without them the test is
 * aborted.
 */
public final class PowerCutDisk implements BeforeEachCallback, AfterEachCallback {

	private static final Path FUSE = Path.of("/dev/fuse");

	private static final Path FUSEPY = Path.of("/usr/lib/python3/dist-packages/fusepy.py");

	private @Nullable Path mount;

	private @Nullable Process process;

	private @Nullable BufferedReader output;

	@Override
	public void beforeEach(ExtensionContext context) throws IOException {
		assumeTrue(Files.exists(FUSE), FUSE + " is not here");
		boolean needed = "true".equals(System.getenv("CI"));
		assumeTrue(needed || Files.exists(FUSEPY), FUSEPY + " is not here");
		Path directory = Files.createTempDirectory("disk");
		Process program = new ProcessBuilder("/usr/bin/python3",
				Path.of("src", "test", "resources", "power-cut.py").toString(), directory.toString())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		this.mount = directory;
		this.process = program;
		this.output = program.inputReader(StandardCharsets.US_ASCII);
		boolean mounted = "mounted".equals(this.output.readLine());
		assertThat(mounted || !needed).as("CI can mount").isTrue();
		assumeTrue(mounted, "nothing can be mounted here");
	}

	@Override
	public void afterEach(ExtensionContext context) throws IOException {
		if (this.process != null) {
			run("umount", "-l", path().toString());
			this.process.destroy();
			Files.delete(path());
		}
	}

	/**
	 * Return the disk's own directory.
	 * @return where it is mounted
	 */
	public Path path() {
		return Objects.requireNonNull(this.mount);
	}

	/** Cut the power, and give it back. */
	public void cut() {
		run("kill", "-USR1", String.valueOf(Objects.requireNonNull(this.process).pid()));
		try {
			String line = Objects.requireNonNull(this.output).readLine();
			if (!"cut".equals(line)) {
				throw new IllegalStateException("The disk says " + line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void run(String... command) {
		try {
			if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
				throw new IllegalStateException(String.join(" ", command));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
