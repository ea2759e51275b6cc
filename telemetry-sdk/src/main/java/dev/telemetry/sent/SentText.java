package dev.telemetry.sent;

import java.nio.charset.StandardCharsets;

/** Makes of a body, after decompression, what a person can read. */
@FunctionalInterface
public interface SentText {

	/** The body is text already. */
	SentText PLAIN = (body) -> new String(body, StandardCharsets.UTF_8);

	/**
	 * Return the body as text.
	 * @param body the body after decompression
	 * @return JSON
	 */
	String read(byte[] body);

}
