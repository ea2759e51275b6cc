package dev.telemetry.sink.otlp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Appends fields of protobuf to bytes in memory
 * (https://protobuf.dev/programming-guides/encoding). Of a message inside another the
 * caller states the length first.
 */
final class ProtobufWriter {

	static final int VARINT = 0;

	static final int FIXED64 = 1;

	static final int BYTES = 2;

	static final int FIXED32 = 5;

	/** The most bytes that are kept for the next use. */
	private static final int KEPT = 512 * 1024;

	private byte[] bytes;

	private int length;

	ProtobufWriter(int capacity) {
		this.bytes = new byte[capacity];
	}

	int length() {
		return this.length;
	}

	void clear() {
		this.length = 0;
		if (this.bytes.length > KEPT) {
			this.bytes = new byte[KEPT];
		}
	}

	byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.length);
	}

	void writeTo(OutputStream out, int from, int to) throws IOException {
		out.write(this.bytes, from, to - from);
	}

	ProtobufWriter tag(int field, int wireType) {
		return varint((long) field << 3 | wireType);
	}

	ProtobufWriter varint(long value) {
		room(10);
		long rest = value;
		while ((rest & ~0x7fL) != 0) {
			this.bytes[this.length++] = (byte) (rest | 0x80);
			rest >>>= 7;
		}
		this.bytes[this.length++] = (byte) rest;
		return this;
	}

	ProtobufWriter fixed32(int value) {
		room(4);
		for (int shift = 0; shift < 32; shift += 8) {
			this.bytes[this.length++] = (byte) (value >>> shift);
		}
		return this;
	}

	ProtobufWriter fixed64(long value) {
		room(8);
		for (int shift = 0; shift < 64; shift += 8) {
			this.bytes[this.length++] = (byte) (value >>> shift);
		}
		return this;
	}

	ProtobufWriter raw(byte[] content) {
		return raw(content, content.length);
	}

	private ProtobufWriter raw(byte[] content, int count) {
		room(count);
		System.arraycopy(content, 0, this.bytes, this.length, count);
		this.length += count;
		return this;
	}

	/** Append what another writer holds. */
	ProtobufWriter raw(ProtobufWriter other) {
		return raw(other.bytes, other.length);
	}

	/** Append a field that holds bytes or a text. */
	ProtobufWriter bytes(int field, byte[] content) {
		return tag(field, BYTES).varint(content.length).raw(content);
	}

	static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** Return how many bytes a number takes. */
	static int sizeOf(long varint) {
		return 1 + (63 - Long.numberOfLeadingZeros(varint | 1)) / 7;
	}

	private void room(int more) {
		if (more > this.bytes.length - this.length) {
			this.bytes = Arrays.copyOf(this.bytes,
					(int) Math.min(Integer.MAX_VALUE - 8, Math.max((long) this.length + more, 2L * this.length)));
		}
	}

}
