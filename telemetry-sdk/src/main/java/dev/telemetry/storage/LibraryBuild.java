package dev.telemetry.storage;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * When this library was built: the {@code project.build.outputTimestamp} of its build. A
 * clock that shows an earlier time is wrong, as that of a device without a battery is
 * after it has started.
 */
public final class LibraryBuild {

	private static final String RESOURCE = "library.properties";

	private static final Instant TIME = read(LibraryBuild.class.getResourceAsStream(RESOURCE));

	private LibraryBuild() {
	}

	/**
	 * Return when this library was built.
	 * @return the time, or the epoch when the build did not say
	 */
	public static Instant time() {
		return TIME;
	}

	static Instant read(@Nullable InputStream resource) {
		Properties properties = new Properties();
		try (InputStream in = resource) {
			if (in != null) {
				properties.load(in);
			}
			return Instant.parse(properties.getProperty("built", ""));
		}
		catch (IOException | DateTimeException | IllegalArgumentException ex) {
			return Instant.EPOCH;
		}
	}

}
