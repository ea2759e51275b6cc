package dev.telemetry.sink.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import dev.telemetry.event.Event;

/**
 * The name of a request: the same for the same events in the same order, however often
 * they are sent, and for no others.
 */
final class IdempotencyKey {

	private static final int BYTES = 16;

	private IdempotencyKey() {
	}

	static String of(List<Event> events) {
		MessageDigest digest = sha256();
		for (Event event : events) {
			digest.update(event.id().toString().getBytes(StandardCharsets.US_ASCII));
		}
		return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java has SHA-256", ex);
		}
	}

}
