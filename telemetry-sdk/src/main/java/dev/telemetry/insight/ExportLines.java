package dev.telemetry.insight;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import dev.telemetry.sink.LocalLog;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one or several files, as the elements of a JSON array, and afterwards what
 * was met on the way. All files are opened at once, so that none is missed or met twice
 * when it is renamed meanwhile. A file that is not ours is not opened, and told.
 */
final class ExportLines implements ExportDocument.Part, Closeable {

	private static final int MAX_FILES = 100;

	private final Deque<OpenFile> files = new ArrayDeque<>();

	private final List<String> refusals = new ArrayList<>();

	private final Iterator<String> more;

	private final Consumer<byte[]> observer;

	private @Nullable ForwardLines lines;

	private boolean first = true;

	private long skipped;

	private ExportLines(List<String> more, Consumer<byte[]> observer) {
		this.more = more.iterator();
		this.observer = observer;
	}

	/**
	 * Open a file.
	 * @param file the file; a missing one has no lines
	 * @param more lines that are stored elsewhere and follow those of the file
	 * @param observer sees every line, those that are skipped too
	 * @return all lines
	 */
	static ExportLines of(Path file, List<String> more, Consumer<byte[]> observer) {
		ExportLines lines = new ExportLines(more, observer);
		lines.open(file, file.getFileName().toString());
		return lines;
	}

	/**
	 * Open logs with the files they were rotated to and their archives, the oldest first.
	 * @param logs the files that are written now
	 * @return their lines
	 * @throws IOException if a directory cannot be looked at
	 */
	static ExportLines ofLogs(Iterable<Path> logs) throws IOException {
		ExportLines lines = new ExportLines(List.of(), (line) -> {
		});
		Set<Object> seen = new HashSet<>();
		for (Path log : logs) {
			lines.openRotated(log, seen);
			Path archive = new LocalLog(log).archive();
			lines.open(archive, archive.getFileName().toString());
		}
		return lines;
	}

	private void openRotated(Path log, Set<Object> seen) throws IOException {
		// The newest first: one that is rotated just now comes again, and is known
		@Nullable Path file = log;
		for (int i = 1; i <= MAX_FILES && file != null; i++) {
			@Nullable Object key = key(file);
			if (key != null && seen.add(key)) {
				open(file, file.getFileName().toString());
			}
			file = RotatedLog.find(log, i);
		}
	}

	private static @Nullable Object key(Path file) throws IOException {
		try {
			Object key = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
			return (key != null) ? key : file.toAbsolutePath().normalize();
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	private void open(Path file, String name) {
		try {
			this.files.addFirst(new OpenFile(name, PrivateFile.openForRead(file)));
		}
		catch (NoSuchFileException ex) {
			// nothing to tell
		}
		catch (IOException ex) {
			this.refusals.add(name + " is not ours or cannot be read");
		}
	}

	@Override
	public @Nullable String next() throws IOException {
		byte[] line = nextLine();
		while (line != null) {
			this.observer.accept(line);
			if (JsonCheck.isObject(line)) {
				String separator = this.first ? "" : ",\n";
				this.first = false;
				return separator + new String(line, StandardCharsets.UTF_8);
			}
			this.skipped++;
			line = nextLine();
		}
		return null;
	}

	private byte @Nullable [] nextLine() throws IOException {
		for (OpenFile file = this.files.peek(); file != null; file = this.files.peek()) {
			byte[] line = nextLine(file);
			if (line != null) {
				return line;
			}
			this.lines = null;
			this.files.remove().channel().close();
		}
		return this.more.hasNext() ? this.more.next().getBytes(StandardCharsets.UTF_8) : null;
	}

	private byte @Nullable [] nextLine(OpenFile file) throws IOException {
		try {
			ForwardLines current = (this.lines != null) ? this.lines : new ForwardLines(file.channel());
			this.lines = current;
			return current.next();
		}
		catch (UnreadableLogException ex) {
			this.refusals.add(file.name() + ": " + ex.getMessage());
			return null;
		}
	}

	/** How many lines were no JSON object of ours: torn by a crash, or damaged. */
	long skipped() {
		return this.skipped;
	}

	List<String> refusals() {
		return this.refusals;
	}

	@Override
	public void close() throws IOException {
		for (OpenFile file : this.files) {
			file.channel().close();
		}
	}

	/** A file whose lines are exported. */
	private record OpenFile(String name, FileChannel channel) {

	}

}
