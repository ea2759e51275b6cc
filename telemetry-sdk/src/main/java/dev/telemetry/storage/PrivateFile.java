package dev.telemetry.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
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
 * Reads and writes private files: mode 0600, no links followed, no FIFO or device ever
 * opened, and written whole or not at all.
 * <p>
 * A file counts as ours when it is a regular file, no link, owned by us or root, and not
 * writable by others. Group bits are not checked, and where the file system has no POSIX
 * permissions neither is the mode. The path is checked before it is opened, so that a
 * FIFO or device is never opened, and again afterwards. Between the first check and the
 * opening, a process that may write into the directory could replace the file; our
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

	private static final Set<OpenOption> APPEND = Set.of(StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);

	private static final Set<OpenOption> CREATE = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW,
			LinkOption.NOFOLLOW_LINKS);

	private PrivateFile() {
	}

	/**
	 * Write a file whole: to a temporary file beside it, fsync, rename, fsync of the
	 * directory. A link at the path is replaced, not followed.
	 * @param file the file
	 * @param content its new content
	 * @throws IOException if it could not be written; the old content then remains
	 */
	public static void write(Path file, byte[] content) throws IOException {
		write(file, content, true);
	}

	/**
	 * Write a file whole, like {@link #write(Path, byte[])}.
	 * @param file the file
	 * @param content its new content
	 * @param durable whether it must survive a power cut; without, nothing is synced
	 * @throws IOException if it could not be written; the old content then remains
	 */
	public static void write(Path file, byte[] content, boolean durable) throws IOException {
		explaining(file, () -> {
			new AtomicFileWrite(file, durable).write(content);
			return file;
		});
	}

	/**
	 * Write a file whole and durably, like {@link #write(Path, byte[])}, in pieces.
	 * @param file the file
	 * @param modified what the time of its last change is to be
	 * @param writing writes the new content
	 * @throws IOException if it could not be written; the old content then remains
	 */
	public static void write(Path file, FileTime modified, Writing writing) throws IOException {
		explaining(file, () -> {
			new AtomicFileWrite(file, true).write(writing, modified);
			return file;
		});
	}

	/** Say whose something is where the system only says that it is denied. */
	private static <T> T explaining(Path file, UninterruptibleIo.Operation<T> operation) throws IOException {
		try {
			return UninterruptibleIo.call(operation);
		}
		catch (AccessDeniedException ex) {
			throw UntrustedFileException.explain(file, ex);
		}
	}

	/**
	 * Read a small file that must be ours.
	 * @param file the file
	 * @param maxBytes the most it may hold
	 * @return what was found
	 */
	public static Content read(Path file, int maxBytes) {
		try {
			return explaining(file, () -> readOurs(file, maxBytes));
		}
		catch (NoSuchFileException ex) {
			return new Content(null, isBelowFile(file) ? "its directory is a file" : null, null);
		}
		catch (UntrustedFileException ex) {
			return new Content(null, ex.refusal(), ex.action());
		}
		catch (IOException ex) {
			return new Content(null, "it cannot be read (" + ex.getClass().getSimpleName() + ")", null);
		}
	}

	/**
	 * Asked for the attributes of a file below a file, newer Java versions call it
	 * missing; opening it tells the two apart.
	 */
	private static boolean isBelowFile(Path file) {
		try {
			FileChannel.open(file, READ).close();
			return false;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	private static Content readOurs(Path file, int maxBytes) throws IOException {
		try (FileChannel channel = openForRead(file)) {
			ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(channel.size(), maxBytes) + 1);
			int count = 0;
			while (count >= 0 && buffer.hasRemaining()) {
				count = channel.read(buffer);
			}
			if (buffer.position() > maxBytes) {
				throw new UntrustedFileException(file, "it is larger than " + maxBytes + " bytes");
			}
			return new Content(Arrays.copyOf(buffer.array(), buffer.position()), null, null);
		}
	}

	/**
	 * Open a file that must be ours to read from it. A file that another process puts in
	 * its place meanwhile is looked at and opened instead.
	 * @param file the file
	 * @return the open channel
	 * @throws NoSuchFileException if there is no file
	 * @throws IOException if it is not ours or cannot be opened
	 */
	public static FileChannel openForRead(Path file) throws IOException {
		for (int attempt = 1;; attempt++) {
			try {
				return openForReadOnce(file);
			}
			catch (FileReplacedException ex) {
				if (attempt == MAX_ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	private static FileChannel openForReadOnce(Path file) throws IOException {
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
		return openKeyedForAppend(file).channel();
	}

	/**
	 * Open a file to append to, like {@link #openForAppend(Path)}, and tell which file it
	 * is: the path may lead to another one by the time it is asked.
	 * @param file the file
	 * @return the open channel and the key of its file
	 * @throws IOException if it is not ours or cannot be opened
	 */
	public static Keyed openKeyedForAppend(Path file) throws IOException {
		for (int attempt = 1;; attempt++) {
			try {
				return openForAppendOnce(file);
			}
			catch (NoSuchFileException | FileReplacedException ex) {
				// Another process rotates the file; a missing directory stays missing
				if (attempt == MAX_ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	private static Keyed openForAppendOnce(Path file) throws IOException {
		try {
			return openOurs(file);
		}
		catch (AccessDeniedException ex) {
			throw UntrustedFileException.explain(file, ex);
		}
	}

	private static Keyed openOurs(Path file) throws IOException {
		FileFacts before = requireSoleName(file, factsOfExisting(file));
		FileChannel channel = FileChannel.open(file, APPEND);
		try {
			FileFacts after = requireSoleName(file, requireSame(file, before));
			if (ProcessOwner.current().is(after.uid())) {
				PrivateModes.closeToOthers(file);
			}
			return new Keyed(channel, after.key());
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * Look at a file, and create it where there is none. It is opened after that, because
	 * nothing would tell whether a file created by opening it is the one at the path.
	 */
	private static FileFacts factsOfExisting(Path file) throws IOException {
		try {
			return FileFacts.of(file);
		}
		catch (NoSuchFileException ex) {
			create(file);
			return FileFacts.of(file);
		}
	}

	private static void create(Path file) throws IOException {
		try {
			FileChannel.open(file, CREATE, PrivateModes.forFile(file)).close();
		}
		catch (FileAlreadyExistsException ex) {
			// Another process was first
		}
	}

	private static FileFacts requireSoleName(Path file, FileFacts facts) throws IOException {
		requireOurs(file, facts);
		if (facts.links() > 1) {
			throw new UntrustedFileException(file, "it has a second name (hard link)");
		}
		return facts;
	}

	private static FileFacts requireOurs(Path file) throws IOException {
		FileFacts facts = FileFacts.of(file);
		requireOurs(file, facts);
		return facts;
	}

	private static void requireOurs(Path file, FileFacts facts) throws IOException {
		ProcessOwner us = ProcessOwner.current();
		@Nullable String refusal = facts.refusal(file, us);
		if (refusal != null) {
			boolean foreign = facts.kind() == FileFacts.Kind.FILE && !us.trusts(facts.uid());
			throw new UntrustedFileException(file, refusal,
					foreign ? new ForeignOwner("it", facts.uid(), us.uid()).action() : null);
		}
	}

	private static FileFacts requireSame(Path file, FileFacts before) throws IOException {
		FileFacts after = requireOurs(file);
		if (!after.isSameFileAs(before)) {
			throw new FileReplacedException(file);
		}
		return after;
	}

	/**
	 * Create a directory and those above it that are missing, each with mode 0700. What
	 * exists is not changed.
	 * @param directory the directory
	 * @throws IOException if it cannot be created, or something else is in its place
	 */
	public static void createDirectories(Path directory) throws IOException {
		try {
			PrivateDirectory.create(directory);
		}
		catch (AccessDeniedException ex) {
			throw UntrustedFileException.explain(directory, ex);
		}
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
		AtomicFileWrite.eraseUnfinished(file);
	}

	/**
	 * Return whether a name is one that {@link #write} uses for a file it has not
	 * finished.
	 * @param name the name of a file
	 * @return whether it is no longer needed once its writer is dead
	 */
	public static boolean isUnfinished(String name) {
		return AtomicFileWrite.isTemporary(name);
	}

	/**
	 * Erase a directory with everything in it, following no link. A missing one is fine.
	 * What cannot be erased does not prevent the rest from being erased.
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
		 * @param channel takes it; closed by the caller that passed it
		 * @throws IOException if it could not be written
		 */
		void writeTo(FileChannel channel) throws IOException;

	}

	/**
	 * A channel and the file behind it, whatever its name is by now.
	 *
	 * @param channel the open channel
	 * @param key identifies the file as long as it exists, or {@code null} when the file
	 * system has no such thing
	 */
	public record Keyed(FileChannel channel, @Nullable Object key) {

	}

	/**
	 * What reading a file found.
	 *
	 * @param bytes the content, or {@code null} when the file is absent or refused
	 * @param refusal why it was refused, in one clause, or {@code null}
	 * @param action what to do about it, or {@code null} when that depends on the file
	 */
	@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
	public record Content(byte @Nullable [] bytes, @Nullable String refusal, @Nullable String action) {

		/**
		 * Create it without saying what to do.
		 * @param bytes the content, or {@code null}
		 * @param refusal why it was refused, in one clause, or {@code null}
		 */
		public Content(byte @Nullable [] bytes, @Nullable String refusal) {
			this(bytes, refusal, null);
		}

		public boolean isAbsent() {
			return this.bytes == null && this.refusal == null;
		}

	}

}
