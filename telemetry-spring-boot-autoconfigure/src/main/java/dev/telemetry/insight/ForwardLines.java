package dev.telemetry.insight;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

import org.jspecify.annotations.Nullable;

/**
 * The lines of a file from the first to the last that was there when it was opened, read
 * in blocks. A longer line than {@link ReverseLines#MAX_LINE} is handed on cut off.
 */
final class ForwardLines {

	private static final int BLOCK = 8 * 1024;

	private final SeekableByteChannel channel;

	private final ByteBuffer block = ByteBuffer.allocate(BLOCK).limit(0);

	/**
	 * What is left of the file as it was; what a writer appends meanwhile is not read.
	 */
	private long left;

	ForwardLines(SeekableByteChannel channel) throws IOException {
		this.channel = channel;
		this.left = channel.size();
	}

	/**
	 * Return the next line.
	 * @return the line without its line feed, never empty; {@code null} at the end
	 * @throws IOException if the file could not be read
	 */
	byte @Nullable [] next() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		while (this.block.hasRemaining() || readBlock()) {
			byte next = this.block.get();
			if (next != '\n') {
				append(line, next);
			}
			else if (line.size() > 0) {
				break;
			}
		}
		return (line.size() > 0) ? line.toByteArray() : null;
	}

	private static void append(ByteArrayOutputStream line, byte next) {
		if (line.size() <= ReverseLines.MAX_LINE) {
			line.write(next);
		}
	}

	private boolean readBlock() throws IOException {
		this.block.clear().limit((int) Math.min(BLOCK, this.left));
		int read = this.channel.read(this.block);
		this.block.flip();
		this.left -= Math.max(0, read);
		return read > 0;
	}

}
