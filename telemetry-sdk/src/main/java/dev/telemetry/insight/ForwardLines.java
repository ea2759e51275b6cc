package dev.telemetry.insight;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import org.jspecify.annotations.Nullable;

/**
 * The lines of a file from the first to the last that was there when it was opened, read
 * in blocks; of one that was compressed with gzip, those that it held before. A longer
 * line than {@link ReverseLines#MAX_LINE} is handed on cut off.
 */
final class ForwardLines {

	private static final int BLOCK = 8 * 1024;

	private static final String DAMAGED = "what is compressed in it is damaged, or ends early";

	private final ReadableByteChannel channel;

	private final ByteBuffer block = ByteBuffer.allocate(BLOCK).limit(0);

	/**
	 * What is left of the file as it was; what a writer appends meanwhile is not read.
	 */
	private long left;

	/**
	 * Create the lines of a file.
	 * @param channel the file, at its beginning
	 * @throws UnreadableLogException if it is compressed in another way
	 * @throws IOException if it cannot be read
	 */
	ForwardLines(SeekableByteChannel channel) throws IOException {
		this(channel, channel.size());
	}

	/**
	 * Create the lines of the beginning of a file; of one that was compressed, all lines.
	 * @param channel the file, at its beginning
	 * @param size how much of it
	 * @throws UnreadableLogException if it is compressed in another way
	 * @throws IOException if it cannot be read
	 */
	ForwardLines(SeekableByteChannel channel, long size) throws IOException {
		LogCompression compression = LogCompression.of(channel);
		if (compression != null && compression != LogCompression.GZIP) {
			throw new UnreadableLogException("it is compressed with " + compression.program());
		}
		this.channel = (compression != null) ? decompressed(channel) : channel;
		this.left = (compression != null) ? Long.MAX_VALUE : size;
	}

	private static ReadableByteChannel decompressed(SeekableByteChannel channel) throws IOException {
		try {
			return Channels.newChannel(new GZIPInputStream(Channels.newInputStream(channel), BLOCK));
		}
		catch (EOFException | ZipException ex) {
			throw new UnreadableLogException(DAMAGED);
		}
	}

	/**
	 * Return the next line.
	 * @return the line without its line feed, never empty; {@code null} at the end
	 * @throws IOException if the file could not be read
	 */
	byte @Nullable [] next() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		while (this.block.hasRemaining() || readBlock()) {
			if (take(line) && line.size() > 0) {
				break;
			}
		}
		return (line.size() > 0) ? line.toByteArray() : null;
	}

	/** Take what is in the block of a line, and say whether that was its end. */
	private boolean take(ByteArrayOutputStream line) {
		int start = this.block.position();
		int end = start;
		while (end < this.block.limit() && this.block.get(end) != '\n') {
			end++;
		}
		int room = ReverseLines.MAX_LINE + 1 - line.size();
		line.write(this.block.array(), start, Math.min(room, end - start));
		boolean ended = end < this.block.limit();
		this.block.position(ended ? end + 1 : end);
		return ended;
	}

	private boolean readBlock() throws IOException {
		this.block.clear().limit((int) Math.min(BLOCK, this.left));
		int read = read();
		this.block.flip();
		this.left -= Math.max(0, read);
		return read > 0;
	}

	private int read() throws IOException {
		try {
			return this.channel.read(this.block);
		}
		catch (EOFException | ZipException ex) {
			throw new UnreadableLogException(DAMAGED);
		}
	}

}
