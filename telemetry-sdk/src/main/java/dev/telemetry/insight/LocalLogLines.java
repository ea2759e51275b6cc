package dev.telemetry.insight;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a local log, rotated files included, from the oldest to the last that was
 * there when it was opened. Holds one line at a time, and whatever rotates meanwhile.
 * Files that are not the user's own are refused. Not safe for use by several threads.
 */
public final class LocalLogLines implements Closeable {

	/*
	 * Opened from the newest to the oldest file: one that is rotated meanwhile comes
	 * again under its next name and is recognised by its key; none is missed. What was
	 * opened stays what it is, so that later rotations do not matter.
	 */

	/** One more than this are not opened: a process may have no more than so many. */
	private static final int MAX_FILES = 256;

	private final Deque<OpenFile> oldestFirst = new ArrayDeque<>();

	private final List<String> unread = new ArrayList<>();

	private @Nullable ForwardLines current;

	private LocalLogLines() {
	}

	/**
	 * Open a log.
	 * @param log the file that is written now; rotated ones are beside it, named
	 * {@code <log>.1} or {@code <log>.1.gz} and so on, a greater number being older
	 * @return its lines, to be closed
	 * @throws NoSuchFileException if there is no such log
	 * @throws IOException if one of the files cannot be opened, or there are more than
	 * 256
	 */
	public static LocalLogLines open(Path log) throws IOException {
		LocalLogLines lines = new LocalLogLines();
		boolean opened = false;
		try {
			lines.openAll(log);
			opened = true;
			return lines;
		}
		finally {
			if (!opened) {
				lines.close();
			}
		}
	}

	private void openAll(Path log) throws IOException {
		Set<Object> seen = new HashSet<>();
		Path file = log;
		for (int i = 1; file != null; i++) {
			if (i > MAX_FILES) {
				throw new IOException("there are more than " + MAX_FILES + " rotated files; name the oldest of them");
			}
			Object key = key(file);
			this.oldestFirst.addFirst(new OpenFile(String.valueOf(file.getFileName()), PrivateFile.openForRead(file)));
			if (!Objects.equals(key, key(file))) {
				throw new IOException("it was rotated just now; try again");
			}
			if (key != null && !seen.add(key)) {
				this.oldestFirst.removeFirst().channel().close();
			}
			file = RotatedLog.find(log, i);
		}
	}

	private static @Nullable Object key(Path file) throws IOException {
		return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
	}

	/**
	 * Return the next line.
	 * @return the line without its line feed, never empty, and cut off when it is longer
	 * than any event; {@code null} at the end
	 * @throws IOException if a file cannot be read
	 */
	public byte @Nullable [] next() throws IOException {
		while (!this.oldestFirst.isEmpty()) {
			OpenFile file = this.oldestFirst.getFirst();
			byte[] line = next(file);
			if (line != null) {
				return line;
			}
			this.current = null;
			this.oldestFirst.removeFirst();
			file.channel().close();
		}
		return null;
	}

	private byte @Nullable [] next(OpenFile file) throws IOException {
		try {
			ForwardLines lines = (this.current != null) ? this.current : new ForwardLines(file.channel());
			this.current = lines;
			return lines.next();
		}
		catch (UnreadableLogException ex) {
			this.unread.add(file.name() + ": " + ex.getMessage());
			return null;
		}
	}

	/**
	 * Return which files were not read so far, or not to their end.
	 * @return the name of each file and why
	 */
	public List<String> unread() {
		return List.copyOf(this.unread);
	}

	@Override
	public void close() throws IOException {
		this.current = null;
		while (!this.oldestFirst.isEmpty()) {
			this.oldestFirst.removeFirst().channel().close();
		}
	}

	/** A file of the log. */
	private record OpenFile(String name, SeekableByteChannel channel) {

	}

}
