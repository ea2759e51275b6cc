package dev.telemetry.sink.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over the fields of one protobuf message
 * (https://protobuf.dev/programming-guides/encoding). The input is untrusted: it ends at
 * the first thing that does not fit, and no length it states is allocated.
 */
final class ProtobufReader {

	static final int VARINT = 0;

	static final int FIXED64 = 1;

	static final int BYTES = 2;

	static final int FIXED32 = 5;

	private final byte[] message;

	private final int end;

	private int position;

	private int field;

	private int wireType;

	private long value;

	private int start;

	private boolean damaged;

	ProtobufReader(byte[] message, int offset, int length) {
		this.message = message;
		this.position = offset;
		this.end = offset + length;
	}

	/** Go to the next field; {@code false} at the end or where the message is damaged. */
	boolean next() {
		if (this.damaged || this.position >= this.end) {
			return false;
		}
		long tag = varint();
		this.field = (int) (tag >>> 3);
		this.damaged |= this.field == 0;
		this.wireType = (int) (tag & 7);
		this.value = 0;
		this.start = this.position;
		switch (this.wireType) {
			case VARINT -> this.value = varint();
			case FIXED64 -> skip(8);
			case FIXED32 -> skip(4);
			case BYTES -> skip(varint());
			default -> this.damaged = true;
		}
		return !this.damaged;
	}

	private void skip(long length) {
		this.start = this.position;
		if (length < 0 || length > this.end - this.position) {
			this.damaged = true;
			return;
		}
		this.position += (int) length;
	}

	private long varint() {
		long result = 0;
		for (int shift = 0; shift < 64 && this.position < this.end; shift += 7) {
			byte next = this.message[this.position++];
			result |= (long) (next & 0x7f) << shift;
			if (next >= 0) {
				return result;
			}
		}
		this.damaged = true;
		return 0;
	}

	/** Return whether it ended at something that does not fit. */
	boolean isDamaged() {
		return this.damaged;
	}

	int field() {
		return this.field;
	}

	int wireType() {
		return this.wireType;
	}

	boolean isBytes() {
		return this.wireType == BYTES;
	}

	/** Return the value of a varint field. */
	long number() {
		return this.value;
	}

	/** Return the value of a field of 4 or 8 bytes. */
	long fixed() {
		long result = 0;
		for (int i = this.position - 1; i >= this.start; i--) {
			result = (result << 8) | (this.message[i] & 0xff);
		}
		return result;
	}

	/** Return the bytes of the value. */
	byte[] content() {
		return Arrays.copyOfRange(this.message, this.start, this.position);
	}

	String text() {
		return new String(this.message, this.start, this.position - this.start, StandardCharsets.UTF_8);
	}

	/** Return a reader of the message inside this field. */
	ProtobufReader inner() {
		return new ProtobufReader(this.message, this.start, this.position - this.start);
	}

}
