package dev.telemetry.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes files that are nobody else's business: mode 0600, no links followed,
 * no FIFO or device ever opened, and written whole or not at all.
 * <p>
 * A file counts as ours when it is a regular file, no link, owned by us or root, and not
 * writable by others. Group bits are not judged, and where the file system has no POSIX
 * permissions neither is the mode. The path is looked at before it is opened, so that a
 * FIFO or device is never opened, and again afterwards. Between the first look and the
 * opening somebody who may write into the directory could exchange the file; our
 * directories are 0700, so that is root or us, and a link put there is still not
 * followed.
 * <p>
 * Safe for use by several threads and processes. An interrupt does not make an operation
 * fail and is still set afterwards; it does close a channel that was handed out when it
 * strikes the thread that uses it.
 */
public final class PrivateFile {

	private static final int MAX_ATTEMPTS = 5;

	private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

	private static final Set<OpenOption> APPEND = Set.of(StandardOpenOption.APPEND, StandardOpenOption.CREATE,
			LinkOption.NOFOLLOW_LINKS);

	private PrivateFile() {
	}

	/**
	 * Write a file whole: to a temporary file beside it, fsync, rename, fsync of the
	 * directory. A link at the path is replaced, not followed.
	 * @param file the file
	 * @param content its new content
	 * @throws IOException if it could not be written; the old content then stands
	 */
	public static void write(Path file, byte[] content) throws IOException {
		write(file, content, true);
	}

	/**
	 * Write a file whole, like {@link #write(Path, byte[])}.
	 * @param file the file
	 * @param content its new content
	 * @param durable whether it must survive a power cut; without, nothing is synced
	 * @throws IOException if it could not be written; the old content then stands
	 */
	public static void write(Path file, byte[] content, boolean durable) throws IOException {
		Uninterrupted.call(() -> {
			new WholeWrite(file, durable).write(content);
			return file;
		});
	}

	/**
	 * Write a file whole and durably, like {@link #write(Path, byte[])}, in pieces.
	 * @param file the file
	 * @param modified what the time of its last change is to be
	 * @param writing writes the new content
	 * @throws IOException if it could not be written; the old content then stands
	 */
	public static void write(Path file, FileTime modified, Writing writing) throws IOException {
		Uninterrupted.call(() -> {
			new WholeWrite(file, true).write(writing, modified);
			return file;
		});
	}

	/**
	 * Read a small file that must be ours.
	 * @param file the file
	 * @param maxBytes the most it may hold
	 * @return what was found
	 */
	public static Content read(Path file, int maxBytes) {
		try {
			return Uninterrupted.call(() -> readOurs(file, maxBytes));
		}
		catch (NoSuchFileException ex) {
			return new Content(null, hasFileForParent(file) ? "its directory is a file" : null);
		}
		catch (NotOursException ex) {
			return new Content(null, ex.refusal());
		}
		catch (IOException ex) {
			return new Content(null, "it cannot be read (" + ex.getClass().getSimpleName() + ")");
		}
	}

	/** Newer Java versions call a file below a file missing. */
	private static boolean hasFileForParent(Path file) {
		@Nullable Path parent = file.toAbsolutePath().getParent();
		return parent != null && Files.exists(parent) && !Files.isDirectory(parent);
	}

	private static Content readOurs(Path file, int maxBytes) throws IOException {
		try (FileChannel channel = openForRead(file)) {
			ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(channel.size(), maxBytes) + 1);
			int count = 0;
			while (count >= 0 && buffer.hasRemaining()) {
				count = channel.read(buffer);
			}
			if (buffer.position() > maxBytes) {
				throw new NotOursException(file, "it is larger than " + maxBytes + " bytes");
			}
			return new Content(Arrays.copyOf(buffer.array(), buffer.position()), null);
		}
	}

	/**
	 * Open a file that must be ours to read from it.
	 * @param file the file
	 * @return the open channel
	 * @throws NoSuchFileException if there is no file
	 * @throws IOException if it is not ours or cannot be opened
	 */
	public static FileChannel openForRead(Path file) throws IOException {
		FileFacts before = requireOurs(file);
		FileChannel channel = FileChannel.open(file, READ);
		try {
			requireSame(file, before);
			return channel;
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * Open a file to append to, creating it with mode 0600. An existing file must be ours
	 * and have one name only (no hard links); permissions of others are taken away. The
	 * directory must exist.
	 * @param file the file
	 * @return the open channel; each of its writes goes to the end of the file, wherever
	 * that is by then
	 * @throws IOException if it is not ours or cannot be opened
	 */
	public static FileChannel openForAppend(Path file) throws IOException {
		for (int attempt = 1;; attempt++) {
			try {
				return openForAppendOnce(file);
			}
			catch (NoSuchFileException | ExchangedException ex) {
				// Another process rotates the file; a missing directory stays missing
				if (attempt == MAX_ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	private static FileChannel openForAppendOnce(Path file) throws IOException {
		@Nullable FileFacts before = factsOrNull(file);
		if (before != null) {
			requireSoleName(file, before);
		}
		FileChannel channel = FileChannel.open(file, APPEND, PrivateModes.forFile(file));
		try {
			FileFacts after = requireSoleName(file, (before != null) ? requireSame(file, before) : FileFacts.of(file));
			if (ProcessOwner.current().is(after.uid())) {
				PrivateModes.closeToOthers(file);
			}
			return channel;
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	private static FileFacts requireSoleName(Path file, FileFacts facts) throws IOException {
		requireOurs(file, facts);
		if (facts.links() > 1) {
			throw new NotOursException(file, "it has a second name (hard link)");
		}
		return facts;
	}

	private static FileFacts requireOurs(Path file) throws IOException {
		FileFacts facts = FileFacts.of(file);
		requireOurs(file, facts);
		return facts;
	}

	private static void requireOurs(Path file, FileFacts facts) throws IOException {
		@Nullable String refusal = facts.refusal(file, ProcessOwner.current());
		if (refusal != null) {
			throw new NotOursException(file, refusal);
		}
	}

	private static FileFacts requireSame(Path file, FileFacts before) throws IOException {
		FileFacts after = requireOurs(file);
		if (!after.isSameFileAs(before)) {
			throw new ExchangedException(file);
		}
		return after;
	}

	private static @Nullable FileFacts factsOrNull(Path file) throws IOException {
		try {
			return FileFacts.of(file);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	/**
	 * Create a directory and those above it that are missing, each with mode 0700. What
	 * exists is not changed.
	 * @param directory the directory
	 * @throws IOException if it cannot be created, or something else is in its place
	 */
	public static void createDirectories(Path directory) throws IOException {
		PrivateDirectory.create(directory);
	}

	/**
	 * Make the names in a directory durable. Does nothing where directories cannot be
	 * opened (Windows), whose file systems do it by themselves.
	 * @param directory the directory
	 * @throws IOException if that failed
	 */
	public static void syncDirectory(Path directory) throws IOException {
		PrivateDirectory.sync(directory);
	}

	/**
	 * Erase a file; of a link the link itself. A missing one is fine. Durable after
	 * {@link #syncDirectory}.
	 * @param file the file
	 * @throws IOException if it is still there
	 */
	public static void erase(Path file) throws IOException {
		Files.deleteIfExists(file);
	}

	/**
	 * Erase what {@link #write} left beside a file when the process died in it.
	 * @param file the file
	 * @throws IOException if something is still there
	 */
	public static void eraseUnfinished(Path file) throws IOException {
		WholeWrite.eraseUnfinished(file);
	}

	/**
	 * Return whether a name is one that {@link #write} gives to what it has not finished.
	 * @param name the name of a file
	 * @return whether nobody misses it once its writer is dead
	 */
	public static boolean isUnfinished(String name) {
		return WholeWrite.isTemporary(name);
	}

	/**
	 * Erase a directory with everything in it, following no link. A missing one is fine.
	 * What cannot be erased does not keep the rest from it.
	 * @param directory the directory
	 * @throws IOException if something is still there
	 */
	public static void eraseTree(Path directory) throws IOException {
		PrivateDirectory.eraseTree(directory);
	}

	/** Writes the content of a file; may be asked again from the start. */
	@FunctionalInterface
	public interface Writing {

		/**
		 * Write the content.
		 * @param channel takes it; closed by whoever gave it
		 * @throws IOException if it could not be written
		 */
		void writeTo(FileChannel channel) throws IOException;

	}

	/**
	 * What reading a file found.
	 *
	 * @param bytes the content, or {@code null} when the file is absent or refused
	 * @param refusal why it was refused, in one clause, or {@code null}
	 */
	@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
	public record Content(byte @Nullable [] bytes, @Nullable String refusal) {

		public boolean isAbsent() {
			return this.bytes == null && this.refusal == null;
		}

	}

}
