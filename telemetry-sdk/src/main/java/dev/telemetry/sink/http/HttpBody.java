package dev.telemetry.sink.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

import dev.telemetry.sent.SentText;

/** What one request carries. */
public interface HttpBody {

	/**
	 * Return how many bytes it has before compression.
	 * @return the length
	 */
	int length();

	/**
	 * Return the header fields that describe it.
	 * @return the values by name
	 */
	Map<String, String> fields();

	/**
	 * Write it.
	 * @param out takes the bytes
	 * @throws IOException if {@code out} does not take them
	 */
	void writeTo(OutputStream out) throws IOException;

	/**
	 * Return how many events it holds.
	 * @return the number; by default none
	 */
	default int events() {
		return 0;
	}

	/**
	 * Return where in it a secret of ours is.
	 * @return the place before compression; by default there is none
	 */
	default SecretSpan secret() {
		return SecretSpan.NONE;
	}

	/**
	 * Return what reads it for people.
	 * @return a reader that holds nothing of this body; by default the body is text
	 */
	default SentText text() {
		return SentText.PLAIN;
	}

}
