package dev.telemetry.sink.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

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

}
