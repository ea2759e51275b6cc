package dev.telemetry.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A growing array of bytes that is reused from batch to batch. Not safe for use by
 * several threads.
 */
public final class LineBuffer {

	private byte[] bytes;

	private int length;

	/**
	 * Create an empty buffer.
	 * @param capacity how many bytes to reserve
	 */
	public LineBuffer(int capacity) {
		this.bytes = new byte[capacity];
	}

	void append(byte value) {
		ensure(1);
		this.bytes[this.length++] = value;
	}

	void append(byte[] values) {
		ensure(values.length);
		System.arraycopy(values, 0, this.bytes, this.length, values.length);
		this.length += values.length;
	}

	private void ensure(int more) {
		if (this.length + more > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.bytes.length * 2, this.length + more));
		}
	}

	/**
	 * Return the number of bytes written so far.
	 * @return the length in bytes
	 */
	public int length() {
		return this.length;
	}

	/**
	 * Cut the buffer back.
	 * @param length the length to keep, in bytes
	 */
	public void truncate(int length) {
		if (length < 0 || length > this.length) {
			throw new IllegalArgumentException("'length' must be between 0 and " + this.length);
		}
		this.length = length;
	}

	/**
	 * Return a view of what was written, valid until the next write.
	 * @return a read-only view
	 */
	public ByteBuffer view() {
		return ByteBuffer.wrap(this.bytes, 0, this.length).asReadOnlyBuffer();
	}

	/**
	 * Return a copy of what was written.
	 * @return the bytes
	 */
	public byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.length);
	}

	/**
	 * Write everything to a stream.
	 * @param out the stream to write to
	 * @throws IOException if the stream fails
	 */
	public void writeTo(OutputStream out) throws IOException {
		out.write(this.bytes, 0, this.length);
	}

}
