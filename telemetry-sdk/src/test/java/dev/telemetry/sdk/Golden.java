package dev.telemetry.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Files of {@code telemetry-sdk} below {@code src/test/resources/golden}: what a frozen
 * format looks like, byte by byte. They are written anew only by
 * {@code -Dtelemetry.golden=write}, and a test that does so fails, so that it is not done
 * unseen.
 */
public final class Golden {

	/** What the build makes of {@code -Dtelemetry.golden}. */
	private static final String VARIABLE = "GOLDEN_FILES";

	private static final Path SOURCE = Path.of("..", "telemetry-sdk", "src", "test", "resources", "golden");

	private static final String ADVICE = "; a frozen format must not change. If an issue changes it by name, see"
			+ " golden/README.md";

	private Golden() {
	}

	/**
	 * Read a golden file.
	 * @param name its path below the directory of golden files
	 * @return what it holds
	 */
	public static byte[] read(String name) {
		try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
			if (in == null) {
				throw new AssertionError("golden/" + name + " is missing" + ADVICE);
			}
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read a golden file that is a text.
	 * @param name its path below the directory of golden files
	 * @return what it holds
	 */
	public static String text(String name) {
		return new String(read(name), StandardCharsets.UTF_8);
	}

	/**
	 * Compare with a golden file.
	 * @param name its path below the directory of golden files
	 * @param actual what the format looks like today
	 */
	public static void assertSame(String name, String actual) {
		assertSame(name, actual.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Compare with a golden file.
	 * @param name its path below the directory of golden files
	 * @param actual what the format looks like today
	 */
	public static void assertSame(String name, byte[] actual) {
		if ("write".equals(System.getenv(VARIABLE))) {
			write(name, actual);
			throw new AssertionError("golden/" + name + " was written: look at the difference, then compare without "
					+ "-Dtelemetry.golden");
		}
		compare(name, actual);
	}

	/** Compare, and never write: for tests of the comparison. */
	static void compare(String name, byte[] actual) {
		byte[] expected = read(name);
		int at = Arrays.mismatch(expected, actual);
		if (at >= 0) {
			throw new AssertionError("golden/" + name + " differs at byte " + at + ": expected '" + around(expected, at)
					+ "' but was '" + around(actual, at) + "'" + ADVICE);
		}
	}

	private static void write(String name, byte[] content) {
		try {
			Path file = SOURCE.resolve(name);
			Files.createDirectories(file.getParent());
			Files.write(file, content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String around(byte[] content, int at) {
		int from = Math.max(0, Math.min(at, content.length) - 40);
		int to = Math.min(content.length, at + 40);
		return new String(content, from, to - from, StandardCharsets.ISO_8859_1);
	}

}
