package dev.telemetry.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the whole lines of a file, from the first one on. What follows the last
 * line feed is no line yet. Used by one thread.
 */
final class LineScan {

	private final FileChannel file;

	private final EventCodec codec;

	private final ByteBuffer block = ByteBuffer.allocate(64 * 1024).limit(0);

	private final byte[] line = new byte[EventCodec.MAX_LINE_LENGTH + 1];

	private int length;

	private long start;

	private long end;

	LineScan(FileChannel file, EventCodec codec) {
		this.file = file;
		this.codec = codec;
	}

	/**
	 * Go to the next line.
	 * @return whether there is one
	 * @throws IOException if the file cannot be read
	 */
	boolean next() throws IOException {
		long position = this.end;
		this.length = 0;
		while (this.block.hasRemaining() || readBlock(position)) {
			byte read = this.block.get();
			position++;
			if (read == '\n') {
				this.start = this.end;
				this.end = position;
				return true;
			}
			// A longer line is no event of ours: its beginning is enough to tell
			if (this.length < this.line.length) {
				this.line[this.length++] = read;
			}
		}
		return false;
	}

	private boolean readBlock(long position) throws IOException {
		this.block.clear();
		int count = this.file.read(this.block, position);
		this.block.flip();
		return count > 0;
	}

	/**
	 * Read the line.
	 * @return the event, or {@code null} when it is torn or not ours
	 */
	@Nullable Event event() {
		try {
			return this.codec.decode(this.line, 0, this.length);
		}
		catch (IOException ex) {
			return null;
		}
	}

	/** Where the line begins. */
	long start() {
		return this.start;
	}

	/** Where the next line would begin. */
	long end() {
		return this.end;
	}

}
