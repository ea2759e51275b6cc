package dev.telemetry.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The user this process runs as, found by looking only: no file is made and no process is
 * started.
 * <p>
 * On Linux it is the last number of the {@code Uid} line of {@code /proc/self/status},
 * the one that new files get (proc(5)). The owner of {@code /proc/self} would not do: it
 * is root for a launcher with capabilities. Elsewhere it is the owner of the user's home
 * or of the directory for temporary files (macOS has one for each user), whichever has
 * the user's name. When nothing is found, owners are not judged.
 */
final class ProcessOwner {

	private static final int UNKNOWN = -1;

	static final int ROOT = 0;

	private final int uid;

	ProcessOwner(int uid) {
		this.uid = uid;
	}

	static ProcessOwner current() {
		return Current.OWNER;
	}

	static ProcessOwner find(Path status, List<Path> places, String userName) {
		int uid = fromStatus(status);
		for (Path place : places) {
			uid = (uid != UNKNOWN) ? uid : fromPlace(place, userName);
		}
		return new ProcessOwner(uid);
	}

	private static int fromStatus(Path status) {
		try {
			for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
				if (line.startsWith("Uid:")) {
					return Integer.parseInt(line.substring(line.lastIndexOf('\t') + 1).trim());
				}
			}
			return UNKNOWN;
		}
		catch (IOException | NumberFormatException ex) {
			return UNKNOWN;
		}
	}

	private static int fromPlace(Path place, String userName) {
		try {
			return Files.getOwner(place).getName().equals(userName) ? FileFacts.of(place).uid() : UNKNOWN;
		}
		catch (IOException | UnsupportedOperationException ex) {
			return UNKNOWN;
		}
	}

	/**
	 * Return whether files of a user can be relied on: our own and root's.
	 * @param owner the number of the user, below 0 when the file system has none
	 * @return whether the owner is us or root
	 */
	boolean trusts(int owner) {
		return owner == this.uid || owner == ROOT || owner < 0 || this.uid == UNKNOWN;
	}

	int uid() {
		return this.uid;
	}

	/** Return whether a user is certainly another one than we, be it root. */
	boolean differs(int owner) {
		return owner >= 0 && this.uid != UNKNOWN && owner != this.uid;
	}

	boolean is(int owner) {
		return owner == this.uid;
	}

	/** Found when first needed; a process does not change its user later. */
	private static final class Current {

		private static final ProcessOwner OWNER = find(Path.of("/proc/self/status"), List
			.of(Path.of(System.getProperty("user.home", "")), Path.of(System.getProperty("java.io.tmpdir", ""))),
				System.getProperty("user.name", ""));

	}

}
