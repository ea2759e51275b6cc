package dev.telemetry.insight;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A document that is made while it is read, part by part: never more of it is in memory
 * than one part, which is at most a line. Used by one thread.
 */
final class ExportDocument extends InputStream {

	private static final byte[] NOTHING = {};

	private final Deque<Part> parts;

	private final Closeable files;

	private byte[] current = NOTHING;

	private int position;

	/**
	 * Create a document.
	 * @param parts its parts, in order
	 * @param files what is closed with it
	 */
	ExportDocument(Iterable<Part> parts, Closeable files) {
		this.parts = new ArrayDeque<>();
		parts.forEach(this.parts::add);
		this.files = files;
	}

	@Override
	public int read() throws IOException {
		return hasMore() ? this.current[this.position++] & 0xff : -1;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, target.length);
		if (length == 0) {
			return 0;
		}
		if (!hasMore()) {
			return -1;
		}
		int count = Math.min(length, this.current.length - this.position);
		System.arraycopy(this.current, this.position, target, offset, count);
		this.position += count;
		return count;
	}

	private boolean hasMore() throws IOException {
		while (this.position == this.current.length) {
			Part part = this.parts.peek();
			if (part == null) {
				return false;
			}
			@Nullable String text = part.next();
			if (text == null) {
				this.parts.remove();
			}
			this.current = (text != null) ? text.getBytes(StandardCharsets.UTF_8) : NOTHING;
			this.position = 0;
		}
		return true;
	}

	@Override
	public void close() throws IOException {
		this.files.close();
	}

	/** Returns a piece of the document at a time. */
	@FunctionalInterface
	interface Part {

		/**
		 * Return the next piece.
		 * @return the piece, or {@code null} when there is no more
		 */
		@Nullable String next() throws IOException;

	}

}
