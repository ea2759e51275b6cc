package dev.telemetry.insight;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Finds the files a log was rotated to, those included that another program compressed.
 */
final class RotatedLog {

	/** A file that is being compressed is there twice: the whole one comes first. */
	private static final List<String> ENDINGS = List.of("", ".gz", ".zst", ".bz2", ".xz", ".lz4", ".zip", ".Z");

	private RotatedLog() {
	}

	/**
	 * Find a rotated file.
	 * @param log the file that is written now
	 * @param number its number, from 1; a greater one is older
	 * @return the file, or {@code null} if there is none of that number
	 */
	static @Nullable Path find(Path log, int number) {
		return ENDINGS.stream()
			.map((ending) -> log.resolveSibling(log.getFileName() + "." + number + ending))
			.filter((file) -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
			.findFirst()
			.orElse(null);
	}

}
