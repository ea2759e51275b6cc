package dev.telemetry.sink.http;

import java.util.Arrays;

/**
 * Where in a body a secret is, before compression.
 *
 * @param offset its first byte
 * @param length how many bytes it has
 */
public record SecretSpan(int offset, int length) {

	/** No secret. */
	public static final SecretSpan NONE = new SecretSpan(0, 0);

	boolean isEmpty() {
		return this.length == 0;
	}

	/** Replace the secret by as many asterisks. */
	void mask(byte[] body) {
		Arrays.fill(body, this.offset, this.offset + this.length, (byte) '*');
	}

}
