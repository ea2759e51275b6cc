package dev.telemetry.insight;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The lines of a file from the last to the first, read in blocks. The text after the last
 * line feed is a line that is being written, or was torn, and counts as a line.
 */
final class ReverseLines {

	/** Longer lines are no events; they are handed on cut off, so that they count. */
	static final int MAX_LINE = 64 * 1024;

	private static final int BLOCK = 8 * 1024;

	private static final byte[] NOTHING = {};

	private final SeekableByteChannel channel;

	/** Where the block begins in the file. */
	private long position;

	private byte[] block = NOTHING;

	/** How much of the block has not been handed on yet. */
	private int end;

	ReverseLines(SeekableByteChannel channel) throws IOException {
		this.channel = channel;
		this.position = channel.size();
	}

	/**
	 * Return the line before the last one that was returned.
	 * @return the line without its line feed, never empty; {@code null} at the beginning
	 * of the file
	 * @throws IOException if the file could not be read
	 */
	byte @Nullable [] next() throws IOException {
		byte[] line = NOTHING;
		while (this.end > 0 || readBlock()) {
			int start = lastLineFeed() + 1;
			line = prepend(start, line);
			this.end = Math.max(0, start - 1);
			if (start > 0 && line.length > 0) {
				return line;
			}
		}
		return (line.length > 0) ? line : null;
	}

	private int lastLineFeed() {
		int index = this.end - 1;
		while (index >= 0 && this.block[index] != '\n') {
			index--;
		}
		return index;
	}

	private byte[] prepend(int start, byte[] line) {
		int length = this.end - start;
		if (line.length > MAX_LINE) {
			return line;
		}
		byte[] longer = Arrays.copyOfRange(this.block, start, start + length + line.length);
		System.arraycopy(line, 0, longer, length, line.length);
		return longer;
	}

	private boolean readBlock() throws IOException {
		int size = (int) Math.min(BLOCK, this.position);
		this.position -= size;
		this.block = new byte[size];
		ByteBuffer buffer = ByteBuffer.wrap(this.block);
		this.channel.position(this.position);
		int read = 0;
		while (read >= 0 && buffer.hasRemaining()) {
			read = this.channel.read(buffer);
		}
		// Shorter than it was: the file has been truncated under our hands
		this.end = buffer.position();
		return size > 0;
	}

}
