package dev.telemetry.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

import dev.telemetry.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds everything that is stored on disk. Nothing is created before
 * {@link #create()} is called.
 */
public final class Home {

	private final Path path;

	private final boolean chosen;

	private Home(Path path, boolean chosen) {
		this.path = path.toAbsolutePath().normalize();
		this.chosen = chosen;
	}

	/**
	 * Use a directory that was chosen by configuration.
	 * @param path the directory; need not exist
	 * @return the home
	 */
	public static Home chosen(Path path) {
		return new Home(path, true);
	}

	/**
	 * Use a default directory, which was not configured, such as {@code ~/.demo-app}. It
	 * is refused if it already holds files of other programs.
	 * @param path the directory; need not exist
	 * @return the home
	 */
	public static Home byDefault(Path path) {
		return new Home(path, false);
	}

	public Path path() {
		return this.path;
	}

	public Path resolve(String name) {
		return this.path.resolve(name);
	}

	/**
	 * Say why this home cannot be used, looking only, creating nothing.
	 * @return the problem, about {@code telemetry.home}, or {@code null}
	 */
	public @Nullable Problem check() {
		HomeCheck.@Nullable Refusal refusal = new HomeCheck(this.path, this.chosen).refusal();
		return (refusal != null)
				? new Problem("telemetry.home", this.path.toString(), refusal.reason(), refusal.action()) : null;
	}

	/**
	 * Say whose files of ours are in this home, if they are not ours to use: looking
	 * only. Two users cannot share a home.
	 * @return the problem, about {@code telemetry.home}, or {@code null}
	 */
	public @Nullable Problem checkOwners() {
		return new HomeOwners(this.path, ProcessOwner.current()).problem();
	}

	/**
	 * Create the directory, and those above it that are missing, with mode 0700. An
	 * existing directory is never changed.
	 * @throws IOException if it cannot be created or {@link #check()} refuses it
	 */
	public void create() throws IOException {
		@Nullable Problem problem = check();
		if (problem != null) {
			throw new IOException(problem.toString());
		}
		PrivateFile.createDirectories(this.path);
	}

	/**
	 * Create the home if it is missing, and a directory in it, with mode 0700.
	 * @param name the name of the directory
	 * @return its path
	 * @throws IOException if it cannot be created or {@link #check()} refuses the home
	 */
	public Path createDirectory(String name) throws IOException {
		create();
		Path directory = resolve(name);
		PrivateFile.createDirectories(directory);
		return directory;
	}

	/**
	 * Turn the name of a tool into the name of a directory: lower case, every run of
	 * characters other than letters, digits, dots and underscores becomes one hyphen, and
	 * the first character is a letter or a digit.
	 * @param toolName the name of the tool
	 * @return the directory's name, or {@code null} when nothing is left of it
	 */
	public static @Nullable String slug(String toolName) {
		StringBuilder slug = new StringBuilder();
		for (char character : toolName.toLowerCase(Locale.ROOT).toCharArray()) {
			boolean alphanumeric = (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
			if (alphanumeric || (!slug.isEmpty() && (character == '.' || character == '_'))) {
				slug.append(character);
			}
			else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-') {
				slug.append('-');
			}
		}
		while (!slug.isEmpty() && slug.charAt(slug.length() - 1) == '-') {
			slug.setLength(slug.length() - 1);
		}
		return slug.isEmpty() ? null : slug.toString();
	}

	/**
	 * Read a path that may begin with {@code ~} for the user's home. Another user's
	 * ({@code ~alice}) is taken literally.
	 * @param path the path as written
	 * @param userHome the user's home
	 * @return the path
	 */
	public static Path expand(String path, Path userHome) {
		if (path.equals("~")) {
			return userHome;
		}
		boolean inHome = path.startsWith("~/") || path.startsWith("~\\");
		return inHome ? userHome.resolve(path.substring(2)) : Path.of(path);
	}

	/**
	 * Write a path for people, with {@code ~} in place of the user's home.
	 * @param path the path
	 * @param userHome the user's home
	 * @return for example {@code ~/.demo-app/telemetry.log}
	 */
	public static String display(Path path, Path userHome) {
		if (path.equals(userHome)) {
			return "~";
		}
		return path.startsWith(userHome) ? Path.of("~").resolve(userHome.relativize(path)).toString() : path.toString();
	}

}
