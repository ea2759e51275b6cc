package dev.telemetry.consent.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the notices that were agreed to, and the sentences in which they were
 * shown, each in a file named after its hash. A file is written whole and never changed,
 * so writers need no turns.
 */
final class NoticeFiles {

	/** Thousands of events fit in. */
	private static final int MAX_BYTES = 4 * 1024 * 1024;

	private static final Pattern HASH = Pattern.compile("sha256:([0-9a-f]{64})");

	static final String DIRECTORY = "notices";

	private final Home home;

	NoticeFiles(Home home) {
		this.home = home;
	}

	void save(String hash, byte[] json) throws IOException {
		Path file = file(hash);
		if (file == null) {
			throw new IOException("the hash of the notice has another form than sha256:<64 digits>");
		}
		save(file, json);
	}

	/** Save sentences under their own hash: no later wording replaces them. */
	void save(ShownNotice shown) throws IOException {
		String name = shown.hash().substring("sha256:".length()) + "." + shown.locale() + ".txt";
		save(this.home.resolve(DIRECTORY).resolve(name), shown.text().getBytes(StandardCharsets.UTF_8));
	}

	private void save(Path file, byte[] content) throws IOException {
		if (content.length > MAX_BYTES) {
			throw new IOException("the notice is larger than " + MAX_BYTES + " bytes");
		}
		if (!Arrays.equals(PrivateFile.read(file, MAX_BYTES).bytes(), content)) {
			this.home.createDirectory(DIRECTORY);
			PrivateFile.write(file, content);
		}
	}

	byte @Nullable [] read(String hash) {
		Path file = file(hash);
		return (file != null) ? PrivateFile.read(file, MAX_BYTES).bytes() : null;
	}

	/** A hash may come from anywhere, and must not name another file. */
	private @Nullable Path file(String hash) {
		Matcher matcher = HASH.matcher(hash);
		return matcher.matches() ? this.home.resolve(DIRECTORY).resolve(matcher.group(1) + ".json") : null;
	}

}
