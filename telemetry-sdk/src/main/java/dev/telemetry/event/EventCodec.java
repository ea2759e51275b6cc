package dev.telemetry.event;

import java.io.IOException;

import dev.telemetry.Internal;

/**
 * Turns events into lines and lines into events. Implementations are not safe for use by
 * several threads: each worker has its own.
 */
@Internal
public interface EventCodec {

	/** No line that is longer, in bytes without the line feed, is read back. */
	int MAX_LINE_LENGTH = 64 * 1024;

	/**
	 * Append the event as one line to the given buffer.
	 * @param event the event to write
	 * @param line the buffer to append to
	 */
	void encode(Event event, LineBuffer line);

	/**
	 * Read one line back. The line is treated as untrusted input: what {@link Event}
	 * would refuse is refused here, unknown fields are ignored.
	 * @param line the bytes of the line, with or without the line feed
	 * @param offset where the line begins
	 * @param length how many bytes it has
	 * @return the event
	 * @throws IOException if the line is not an event
	 */
	Event decode(byte[] line, int offset, int length) throws IOException;

	/**
	 * Create a codec for the JSON line format, schema version 1: one object, printable
	 * ASCII only, one line feed at the end.
	 * @return a new codec
	 */
	static EventCodec json() {
		return new JsonEventCodec();
	}

}
