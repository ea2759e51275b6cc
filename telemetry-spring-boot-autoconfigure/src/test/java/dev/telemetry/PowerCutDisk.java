package dev.telemetry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A disk that forgets at a power cut what was not synced: a file system in user space,
 * {@code power-cut.py} among the test resources, which needs {@code /dev/fuse} and
 * Debian's {@code python3-fusepy}.
 */
public final class PowerCutDisk implements AutoCloseable {

	private static final Path FUSE = Path.of("/dev/fuse");

	private static final Path FUSEPY = Path.of("/usr/lib/python3/dist-packages/fusepy.py");

	private final Process process;

	private final BufferedReader output;

	private final Path mount;

	private PowerCutDisk(Process process, Path mount) {
		this.process = process;
		this.output = process.inputReader(StandardCharsets.US_ASCII);
		this.mount = mount;
	}

	/**
	 * Mount one, or abort the test where that is not possible.
	 * @param mount an empty directory
	 * @return the disk
	 * @throws IOException if the program cannot be started
	 */
	public static PowerCutDisk mount(Path mount) throws IOException {
		assumeTrue(Files.exists(FUSE) && Files.exists(FUSEPY), FUSE + " or " + FUSEPY + " is not here");
		Process process = new ProcessBuilder("/usr/bin/python3",
				Path.of("src", "test", "resources", "power-cut.py").toString(), mount.toString())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		PowerCutDisk disk = new PowerCutDisk(process, mount);
		assumeTrue("mounted".equals(disk.output.readLine()), "nothing can be mounted here");
		return disk;
	}

	/**
	 * Return where files of a process may lie.
	 * @return a directory on the disk
	 */
	public Path home() {
		return this.mount.resolve("home");
	}

	/** Cut the power, and give it back. */
	public void cut() {
		run("kill", "-USR1", String.valueOf(this.process.pid()));
		try {
			String line = this.output.readLine();
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

	@Override
	public void close() {
		run("umount", "-l", this.mount.toString());
		this.process.destroy();
	}

}
