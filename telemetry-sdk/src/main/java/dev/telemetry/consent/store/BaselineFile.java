package dev.telemetry.consent.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code baseline} beside the texts of the notices. Written under the lock of
 * the store, whole, so that readers need none.
 */
final class BaselineFile {

	private static final int MAX_BYTES = 64 * 1024;

	private final Home home;

	private final Path file;

	BaselineFile(Home home) {
		this.home = home;
		this.file = home.resolve(NoticeFiles.DIRECTORY).resolve("baseline");
	}

	/** A file that exists and cannot be read may limit a grant to anything. */
	SortedMap<String, String> read() throws IOException {
		PrivateFile.Content content = PrivateFile.read(this.file, MAX_BYTES);
		if (content.isAbsent()) {
			return new TreeMap<>();
		}
		byte[] bytes = content.bytes();
		if (bytes == null) {
			throw new IOException(String.valueOf(content.refusal()));
		}
		return BaselineFormat.read(bytes);
	}

	boolean replace(String accepted, @Nullable String expected, String notice) throws IOException {
		SortedMap<String, String> baselines = read();
		if (!Objects.equals(baselines.get(accepted), expected)) {
			return false;
		}
		baselines.put(accepted, notice);
		this.home.createDirectory(NoticeFiles.DIRECTORY);
		PrivateFile.write(this.file, BaselineFormat.write(baselines));
		return true;
	}

}
