package dev.telemetry.insight;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The files of logs, opened once and read as often as needed: what is appended or rotated
 * meanwhile changes nothing. A file that is met twice is read once.
 */
final class ReportFiles implements Closeable {

	private static final int MAX_ROTATED = 100;

	/** A process may have no more than so many open. */
	private static final int MAX_FILES = 512;

	private static final int ATTEMPTS = 3;

	/** After so many lines it is told how far it is. */
	private static final int TOLD = 10_000;

	private final List<OpenFile> files = new ArrayList<>();

	private final Set<Object> seen = new HashSet<>();

	private final Set<String> unread = new LinkedHashSet<>();

	private ReportFiles() {
	}

	/**
	 * Open logs, each with the files it was rotated to.
	 * @param logs files as they are written now
	 * @param links how links to them are treated; those to rotated files are never
	 * followed
	 * @return the files, to be closed
	 * @throws NoSuchFileException if one of the logs is not there
	 * @throws IOException if a file cannot be opened
	 */
	static ReportFiles open(Collection<Path> logs, LinkOption... links) throws IOException {
		ReportFiles files = new ReportFiles();
		boolean opened = false;
		try {
			for (Path log : logs) {
				files.openRotated(log, links);
			}
			opened = true;
			return files;
		}
		finally {
			if (!opened) {
				files.close();
			}
		}
	}

	private void openRotated(Path log, LinkOption... links) throws IOException {
		open(log, false, links);
		Path rotated = RotatedLog.find(log, 1);
		for (int i = 2; i <= MAX_ROTATED && rotated != null && isFile(rotated); i++) {
			open(rotated, true, LinkOption.NOFOLLOW_LINKS);
			rotated = RotatedLog.find(log, i);
		}
	}

	private static boolean isFile(Path rotated) {
		return Files.isRegularFile(rotated, LinkOption.NOFOLLOW_LINKS);
	}

	private void open(Path file, boolean rotated, LinkOption... links) throws IOException {
		Set<OpenOption> options = new HashSet<>(Set.of(links));
		options.add(StandardOpenOption.READ);
		for (int i = 0; i < ATTEMPTS; i++) {
			Object key = key(file, links);
			if (this.seen.contains(key)) {
				return;
			}
			if (this.files.size() >= MAX_FILES) {
				throw new IOException("there are more than " + MAX_FILES + " files; name fewer of them");
			}
			SeekableByteChannel channel = Files.newByteChannel(file, options);
			if (key.equals(key(file, links))) {
				this.seen.add(key);
				this.files.add(new OpenFile(String.valueOf(file.getFileName()), rotated, channel, channel.size()));
				return;
			}
			// Rotated since we looked: what was opened may be the next file
			channel.close();
		}
		throw new IOException("it is being rotated; try again");
	}

	private static Object key(Path file, LinkOption... links) throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, links);
		if (!attributes.isRegularFile()) {
			throw new IOException("it is not a file");
		}
		Object key = attributes.fileKey();
		return (key != null) ? key : file.toRealPath(links);
	}

	/**
	 * Read all lines from the beginning.
	 * @param consumer takes each, without its line feed
	 * @param progress is told how far it is
	 * @throws UnreadableLogException if a log that was named is compressed in a way that
	 * is not read
	 * @throws IOException if a file cannot be read
	 */
	void read(Consumer<byte[]> consumer, ReportProgress progress) throws IOException {
		long size = this.files.stream().mapToLong(OpenFile::size).sum();
		long before = 0;
		for (OpenFile file : this.files) {
			long start = before;
			try {
				readLines(file, consumer, (read) -> progress.at(start + read, size));
			}
			catch (UnreadableLogException ex) {
				if (!file.rotated()) {
					throw ex;
				}
				this.unread.add(file.name() + ": " + ex.getMessage());
			}
			before += file.size();
			progress.at(before, size);
		}
	}

	private static void readLines(OpenFile file, Consumer<byte[]> consumer, LongConsumer progress) throws IOException {
		ForwardLines lines = new ForwardLines(file.channel().position(0), file.size());
		long count = 0;
		for (byte @Nullable [] line = lines.next(); line != null; line = lines.next()) {
			consumer.accept(line);
			if (++count % TOLD == 0) {
				progress.accept(Math.min(file.size(), file.channel().position()));
			}
		}
	}

	/** Return which files were not read, or not to their end, and why. */
	List<String> unread() {
		return List.copyOf(this.unread);
	}

	@Override
	public void close() throws IOException {
		for (OpenFile file : this.files) {
			file.channel().close();
		}
	}

	/**
	 * A file of a log.
	 *
	 * @param name its name
	 * @param rotated whether it was found beside one that was named
	 * @param channel its content
	 * @param size how long it was when it was opened
	 */
	private record OpenFile(String name, boolean rotated, SeekableByteChannel channel, long size) {

	}

}
