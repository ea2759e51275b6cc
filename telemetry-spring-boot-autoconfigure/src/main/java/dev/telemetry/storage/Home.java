package dev.telemetry.storage;

import java.io.IOException;
import java.nio.file.Path;

import dev.telemetry.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds everything we keep on disk. Nothing is created or read before
 * {@link #create()} is called. STUB.
 */
public final class Home {

	private final Path path;

	private final boolean chosen;

	private Home(Path path, boolean chosen) {
		this.path = path;
		this.chosen = chosen;
	}

	/**
	 * Use a directory that was chosen by configuration.
	 * @param path the directory; need not exist
	 * @return the home
	 */
	public static Home chosen(Path path) {
		return new Home(path.toAbsolutePath().normalize(), true);
	}

	/**
	 * Use a directory nobody chose, such as {@code ~/.demo-app}. It is refused when it
	 * holds files of others already.
	 * @param path the directory; need not exist
	 * @return the home
	 */
	public static Home byDefault(Path path) {
		return new Home(path.toAbsolutePath().normalize(), false);
	}

	public Path path() {
		return this.path;
	}

	public Path resolve(String name) {
		return this.path.resolve(name);
	}

	/**
	 * Say why this home cannot be used, looking only, creating nothing.
	 * @return the problem or {@code null}
	 */
	public @Nullable Problem check() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Create the directory with mode 0700 if it is missing. An existing directory is
	 * never changed.
	 * @throws IOException if it cannot be created or {@link #check()} refuses it
	 */
	public void create() throws IOException {
		throw new IOException("" + this.chosen);
	}

}
