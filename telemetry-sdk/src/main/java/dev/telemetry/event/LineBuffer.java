package dev.telemetry.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

import dev.telemetry.Internal;

/**
 * A growing array of bytes that is reused from batch to batch. Not safe for use by
 * several threads.
 */
@Internal
public final class LineBuffer {

	private static final byte[] HEX = { '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e',
			'f' };

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

	/**
	 * Append text that is known to be ASCII.
	 * @param text the text
	 */
	@SuppressWarnings("deprecation") // what it does to other texts does not matter
	void ascii(String text) {
		int count = text.length();
		ensure(count);
		text.getBytes(0, count, this.bytes, this.length);
		this.length += count;
	}

	/**
	 * Append a quote, and of a text what JSON writes as it is: up to the first character
	 * that is not printable ASCII or has to be escaped.
	 * @param text any text
	 * @return how many characters were appended
	 */
	int openText(String text) {
		int count = text.length();
		ensure(count + 1);
		byte[] target = this.bytes;
		int start = this.length;
		target[start++] = '"';
		int i = 0;
		while (i < count) {
			char c = text.charAt(i);
			if (c < ' ' || c > '~' || c == '"' || c == '\\') {
				break;
			}
			target[start + i] = (byte) c;
			i++;
		}
		this.length = start + i;
		return i;
	}

	/**
	 * Append a whole number.
	 * @param value the number
	 */
	void number(long value) {
		if (value < 0) {
			// The smallest number has no positive counterpart
			if (value == Long.MIN_VALUE) {
				ascii(Long.toString(value));
				return;
			}
			append((byte) '-');
		}
		long magnitude = Math.abs(value);
		int digits = 1;
		for (long rest = magnitude / 10; rest > 0; rest /= 10) {
			digits++;
		}
		digits(magnitude, digits);
	}

	/**
	 * Append the last digits of a number, with leading zeros.
	 * @param value the number, not negative
	 * @param count how many digits
	 */
	void digits(long value, int count) {
		ensure(count);
		long rest = value;
		for (int i = this.length + count - 1; i >= this.length; i--) {
			this.bytes[i] = (byte) ('0' + rest % 10);
			rest /= 10;
		}
		this.length += count;
	}

	/**
	 * Append the last hexadecimal digits of a number, in lower case.
	 * @param value the number
	 * @param count how many digits
	 */
	void hex(long value, int count) {
		ensure(count);
		for (int shift = 4 * (count - 1); shift >= 0; shift -= 4) {
			this.bytes[this.length++] = HEX[(int) (value >>> shift) & 0xF];
		}
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
