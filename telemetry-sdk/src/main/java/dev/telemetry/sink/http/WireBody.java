package dev.telemetry.sink.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

/**
 * Makes of a body what goes over the wire, within its bounds.
 */
public final class WireBody {

	/** The most that may be on its way when consent is withdrawn. */
	private static final int MAX_WIRE_BYTES = 64 * 1024;

	/** The size that a destination has to hold after decompression. */
	private static final int MAX_RAW_BYTES = 1024 * 1024;

	private WireBody() {
	}

	/**
	 * Return how large a body may be before compression.
	 * @param gzip whether it is compressed
	 * @return the most bytes; compressed, it may still be too large
	 */
	public static int maxLength(boolean gzip) {
		return gzip ? MAX_RAW_BYTES : MAX_WIRE_BYTES;
	}

	/**
	 * Encode a body.
	 * @param body the body
	 * @param gzip whether to compress it
	 * @return the bytes, or {@code null} if they would be more than 64 KiB, or more than
	 * 1 MiB before compression
	 * @throws IOException if the body cannot be written
	 */
	public static byte @Nullable [] of(HttpBody body, boolean gzip) throws IOException {
		int length = body.length();
		if (length > maxLength(gzip)) {
			return null;
		}
		ByteArrayOutputStream wire = new ByteArrayOutputStream(gzip ? length / 4 + 64 : length);
		try (OutputStream out = gzip ? new GZIPOutputStream(wire) : wire) {
			body.writeTo(out);
		}
		return (wire.size() <= MAX_WIRE_BYTES) ? wire.toByteArray() : null;
	}

}
