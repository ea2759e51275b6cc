package dev.telemetry.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

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

	private @Nullable ProcessOutput output;

	@Override
	public void beforeEach(ExtensionContext context) throws IOException {
		assumeTrue(Files.exists(FUSE), FUSE + " is not here");
		Requirement.that(Files.exists(FUSEPY), FUSEPY + " is here");
		Path directory = Files.createTempDirectory("disk");
		Process program = new ProcessBuilder("/usr/bin/python3",
				Path.of("..", "telemetry-sdk", "src", "test", "resources", "power-cut.py").toString(),
				directory.toString())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		this.mount = directory;
		this.process = program;
		this.output = new ProcessOutput("the disk", program);
		boolean mounted = "mounted".equals(this.output.line());
		Requirement.that(mounted, "a disk can be mounted");
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
		String line = Objects.requireNonNull(this.output).line();
		if (!"cut".equals(line)) {
			throw new IllegalStateException("The disk says " + line);
		}
	}

	private static void run(String... command) {
		try {
			if (Patience.exit(command[0], new ProcessBuilder(command).inheritIO().start()) != 0) {
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
