package dev.telemetry.delivery;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.telemetry.sdk.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link SpillInstance}. */
class SpillInstanceTests {

	private static final int ENOUGH = 20;

	@TempDir
	private Path root;

	private final AtomicInteger erased = new AtomicInteger();

	private final Set<Path> seen = new HashSet<>();

	private volatile boolean over;

	/** Another process that adopts finds nothing in a directory that was just made. */
	@Test
	void createWhenOthersEraseNewDirectoriesMakesAnotherOne() throws Exception {
		Thread others = new Thread(this::eraseWhatIsEmpty, "others");
		others.start();
		try {
			Patience.until("others were first", () -> {
				SpillInstance instance = SpillInstance.create(this.root);
				assertThat(instance.path().resolve("lock")).exists();
				instance.release();
				return this.erased.get() >= ENOUGH;
			});
		}
		finally {
			this.over = true;
			Patience.end(others);
		}
	}

	@Test
	void createWhereAFileIsFails() throws IOException {
		Path file = Files.createFile(this.root.resolve("file"));
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> SpillInstance.create(file));
	}

	/** Every other directory, so that no owner is too late all the time. */
	private void eraseWhatIsEmpty() {
		while (!this.over) {
			try (DirectoryStream<Path> directories = Files.newDirectoryStream(this.root)) {
				for (Path directory : directories) {
					if (this.seen.add(directory) && this.seen.size() % 2 == 0) {
						erase(directory);
					}
				}
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
		}
	}

	private void erase(Path directory) {
		try {
			Files.delete(directory);
			this.erased.incrementAndGet();
		}
		catch (IOException ex) {
			// Its owner was first, or has released it
			assertThat(ex).isInstanceOf(FileSystemException.class);
		}
	}

}
