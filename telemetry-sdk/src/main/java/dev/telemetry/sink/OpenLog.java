package dev.telemetry.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;

/**
 * The current file of a log, open to append to. Every write goes to the end of the file
 * as it is then, so that several processes can append, and so that nothing but the new
 * lines follows a truncation. Used by one thread at a time.
 */
final class OpenLog {

	private final Path path;

	private final FileChannel channel;

	private final @Nullable Object key;

	private final Instant firstEvent;

	/** The minimum size of the file if it was not truncated. */
	private long knownSize;

	/**
	 * The size behind which the last line is known to be whole. Elsewhere a process may
	 * have died while writing.
	 */
	private long wholeSize;

	private OpenLog(Path path, FileChannel channel, @Nullable Object key, Instant firstEvent) throws IOException {
		this.path = path;
		this.channel = channel;
		this.key = key;
		this.firstEvent = firstEvent;
		this.knownSize = channel.size();
	}

	static OpenLog open(Path path, EventCodec codec, Instant now) throws IOException {
		PrivateFile.Keyed file = PrivateFile.openKeyedForAppend(path);
		try {
			Instant firstEvent = (file.channel().size() > 0) ? firstEvent(path, codec, now) : now;
			return new OpenLog(path, file.channel(), file.key(), firstEvent);
		}
		catch (NoSuchFileException ex) {
			// Renamed by another process already: open, but not current at the next look
			return new OpenLog(path, file.channel(), file.key(), now);
		}
		catch (IOException ex) {
			file.channel().close();
			throw ex;
		}
	}

	private static BasicFileAttributes attributes(Path path) throws IOException {
		return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
	}

	/**
	 * Return when the first event of a file was recorded. What is dated in the future was
	 * dated by a clock that was wrong: the first event that is not tells as well, and
	 * where there is none, the last change of the file.
	 */
	static Instant firstEvent(Path path, EventCodec codec, Instant now) throws IOException {
		try (FileChannel reader = PrivateFile.openForRead(path)) {
			LineScan lines = new LineScan(reader, codec);
			while (lines.next()) {
				@Nullable Event event = lines.event();
				if (event == null) {
					// Not a line of ours
					break;
				}
				if (!event.timestamp().isAfter(now)) {
					return event.timestamp();
				}
			}
		}
		// The file is at least as old as its last change
		Instant modified = attributes(path).lastModifiedTime().toInstant();
		return modified.isBefore(now) ? modified : now;
	}

	/**
	 * Return whether the path still leads to the open file: it was not rotated, moved,
	 * deleted or truncated. Takes note of its size.
	 * @return whether to go on
	 * @throws IOException if the file cannot be looked at
	 */
	boolean isCurrent() throws IOException {
		try {
			BasicFileAttributes attributes = attributes(this.path);
			boolean current = this.channel.isOpen() && Objects.equals(this.key, attributes.fileKey())
					&& attributes.size() >= this.knownSize;
			this.knownSize = attributes.size();
			return current;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	long size() {
		return this.knownSize;
	}

	Instant firstEvent() {
		return this.firstEvent;
	}

	/**
	 * Append whole lines. A line that another process, or this one, left torn is closed
	 * first.
	 * @param lines the lines, each with its line feed
	 * @throws IOException if not all was written; the last line may then be torn
	 */
	void append(ByteBuffer lines) throws IOException {
		if (this.knownSize != this.wholeSize && endsTorn()) {
			this.knownSize += this.channel.write(ByteBuffer.wrap(new byte[] { '\n' }));
		}
		while (lines.hasRemaining()) {
			this.knownSize += this.channel.write(lines);
		}
		this.wholeSize = this.knownSize;
	}

	/** In doubt it does: an empty line is harmless. */
	private boolean endsTorn() {
		ByteBuffer last = ByteBuffer.allocate(1);
		try (FileChannel reader = PrivateFile.openForRead(this.path)) {
			return reader.size() > 0 && !(reader.read(last, reader.size() - 1) == 1 && last.get(0) == '\n');
		}
		catch (IOException ex) {
			return true;
		}
	}

	Path force() throws IOException {
		this.channel.force(false);
		return this.path;
	}

	void close() throws IOException {
		this.channel.close();
	}

}
