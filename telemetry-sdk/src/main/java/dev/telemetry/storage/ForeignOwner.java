package dev.telemetry.storage;

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Says whose a file or directory is that is not ours, and what can be done about it. Two
 * users cannot share a home: each may only read and write what is its own.
 *
 * @param what what belongs to the other user, as the subject of a clause
 * @param owner the number of the user it belongs to
 * @param us the number of the user this process runs as
 */
record ForeignOwner(String what, int owner, int us) {

	/**
	 * Find out whether something cannot be used because it, or the nearest directory
	 * above it that can be looked at, belongs to another user.
	 * @param path the path
	 * @param us who we are
	 * @return whose it is, or {@code null} when that is not the reason
	 */
	static @Nullable ForeignOwner of(Path path, ProcessOwner us) {
		String what = "it";
		for (Path place = path.toAbsolutePath(); place != null; place = place.getParent()) {
			try {
				int owner = FileFacts.of(place).uid();
				return us.differs(owner) ? new ForeignOwner(what, owner, us.uid()) : null;
			}
			catch (IOException ex) {
				// Missing, or not readable for this user: its directory shows the owner
				what = "its directory";
			}
		}
		return null;
	}

	String problem() {
		return this.what + " belongs to user " + this.owner + ", and this process runs as user " + this.us;
	}

	String action() {
		return "set telemetry.home to a directory of this user, or " + ((this.owner == ProcessOwner.ROOT)
				? "give what is in it to user " + this.us + " (chown)" : "run as user " + this.owner);
	}

}
