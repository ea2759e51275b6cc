package dev.telemetry.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes files that are nobody else's business: mode 0600, no links followed,
 * no FIFO or device ever opened, and written whole or not at all. STUB.
 */
public final class PrivateFile {

	private PrivateFile() {
	}

	/**
	 * Write a file whole: to a temporary file beside it, fsync, rename, fsync of the
	 * directory.
	 * @param file the file
	 * @param content its new content
	 * @throws IOException if it could not be written; the old content then stands
	 */
	public static void write(Path file, byte[] content) throws IOException {
		throw new IOException("stub");
	}

	/**
	 * Read a small file that must be ours: a regular file, not a link, owned by us or
	 * root, not writable by others.
	 * @param file the file
	 * @param maxBytes the most it may hold
	 * @return what was found
	 */
	public static Content read(Path file, int maxBytes) {
		return new Content(null, "stub " + file + maxBytes);
	}

	/**
	 * Open a file to append to, creating it with mode 0600. A link, a FIFO, a device or a
	 * file of somebody else's is refused.
	 * @param file the file
	 * @return the open channel
	 * @throws IOException if it cannot be opened
	 */
	public static FileChannel openForAppend(Path file) throws IOException {
		throw new IOException("stub");
	}

	/**
	 * Make the names in a directory durable.
	 * @param directory the directory
	 * @throws IOException if that failed
	 */
	public static void syncDirectory(Path directory) throws IOException {
		throw new IOException("stub");
	}

	/**
	 * What reading a file found.
	 *
	 * @param bytes the content, or {@code null} when the file is absent or refused
	 * @param refusal why it was refused, in one clause, or {@code null}
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Content(byte @Nullable [] bytes, @Nullable String refusal) {

		public boolean isAbsent() {
			return this.bytes == null && this.refusal == null;
		}

	}

}
