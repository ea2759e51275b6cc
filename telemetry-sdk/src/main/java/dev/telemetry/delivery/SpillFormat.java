package dev.telemetry.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.LineBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A file of the spill. First line: {@code TSP1 <grant id> <count> <crc>}. Then one line
 * for each event: {@code <crc> <event>}. A {@code crc} is the CRC-32C of the rest of its
 * line, 8 hex digits.
 * <p>
 * What is read is untrusted: nothing is allocated by a stated number, a damaged line is
 * skipped, and a damaged first line makes the whole file worthless, since it is then
 * unknown which grant it is based on. Not safe for use by several threads.
 */
final class SpillFormat {

	/** No file is larger. */
	static final int MAX_FILE = 1 << 20;

	/** The first line is no longer, with its line feed. */
	static final int MAX_HEADER = 192;

	/** No file holds more events. */
	private static final int MAX_EVENTS = 99_999;

	private static final int CRC_DIGITS = 8;

	private static final Pattern HEADER = Pattern
		.compile("(TSP1 ([A-Za-z0-9:._-]{1,128}) ([1-9][0-9]{0,4})) ([0-9a-f]{8})");

	private static final Pattern GRANT = Pattern.compile("[A-Za-z0-9:._-]{1,128}");

	private final EventCodec codec = EventCodec.json();

	private final LineBuffer line = new LineBuffer(1024);

	/** Return whether a file can be bound to a grant of this id. */
	static boolean canName(String grantId) {
		return GRANT.matcher(grantId).matches();
	}

	/**
	 * Write the next file of a batch.
	 * @param grantId the grant under which the events were recorded
	 * @param events the batch
	 * @param from the first event to write
	 * @return as many of the events as one file takes
	 */
	Part write(String grantId, List<Event> events, int from) {
		ByteArrayOutputStream records = new ByteArrayOutputStream();
		int written = 0;
		int tooLarge = 0;
		int next = from;
		for (; next < events.size() && written < MAX_EVENTS; next++) {
			this.line.truncate(0);
			this.codec.encode(events.get(next), this.line);
			int length = this.line.length() - 1;
			if (length > EventCodec.MAX_LINE_LENGTH) {
				tooLarge++;
				continue;
			}
			if (records.size() + CRC_DIGITS + 1 + length + 1 > MAX_FILE - MAX_HEADER) {
				break;
			}
			ascii(crc(this.line.view().limit(length)) + " ", records);
			ascii(this.line.view(), records);
			written++;
		}
		return new Part((written > 0) ? file(grantId, written, records) : null, written, tooLarge, next);
	}

	private static byte[] file(String grantId, int count, ByteArrayOutputStream records) {
		String header = "TSP1 " + grantId + " " + count;
		ByteArrayOutputStream file = new ByteArrayOutputStream(records.size() + MAX_HEADER);
		ascii(header + " " + crc(bytes(header)) + "\n", file);
		file.writeBytes(records.toByteArray());
		return file.toByteArray();
	}

	/**
	 * Read the first line.
	 * @param start the file, or its beginning
	 * @return what it says, or {@code null} if it is damaged
	 */
	static @Nullable Header header(byte[] start) {
		int end = lineEnd(start, 0);
		if (end >= Math.min(start.length, MAX_HEADER)) {
			return null;
		}
		Matcher matcher = HEADER.matcher(new String(start, 0, end, StandardCharsets.ISO_8859_1));
		if (!matcher.matches() || !crc(bytes(matcher.group(1))).equals(matcher.group(4))) {
			return null;
		}
		return new Header(matcher.group(2), Integer.parseInt(matcher.group(3)));
	}

	/** Return how many lines a file has beside the first, at least one. */
	static int lines(byte[] file) {
		int lines = 0;
		for (int end = lineEnd(file, 0); end < file.length; end = lineEnd(file, end + 1)) {
			lines++;
		}
		return Math.max(1, lines - 1);
	}

	/**
	 * Read a whole file.
	 * @param file the file
	 * @param grants the grants it may rest on, by their ids
	 * @return the events that are undamaged, no more than the file states
	 */
	List<Event> read(byte[] file, Predicate<String> grants) {
		List<Event> events = new ArrayList<>();
		Header header = header(file);
		if (header == null || !grants.test(header.grantId())) {
			return events;
		}
		for (int start = lineEnd(file, 0) + 1; start < file.length && events.size() < header.count();) {
			int end = lineEnd(file, start);
			Event event = (end < file.length) ? record(file, start, end) : null;
			if (event != null) {
				events.add(event);
			}
			start = end + 1;
		}
		return events;
	}

	private @Nullable Event record(byte[] file, int start, int end) {
		int json = start + CRC_DIGITS + 1;
		if (json >= end || file[json - 1] != ' ' || !crc(ByteBuffer.wrap(file, json, end - json))
			.equals(new String(file, start, CRC_DIGITS, StandardCharsets.ISO_8859_1))) {
			return null;
		}
		try {
			return this.codec.decode(file, json, end - json);
		}
		catch (IOException ex) {
			// Whole, but not an event: another program wrote it
			return null;
		}
	}

	private static int lineEnd(byte[] file, int start) {
		int end = start;
		while (end < file.length && file[end] != '\n') {
			end++;
		}
		return end;
	}

	private static String crc(ByteBuffer bytes) {
		CRC32C crc = new CRC32C();
		crc.update(bytes);
		String digits = Long.toHexString(crc.getValue());
		return "0".repeat(CRC_DIGITS - digits.length()) + digits;
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static void ascii(String text, ByteArrayOutputStream out) {
		out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static void ascii(ByteBuffer text, ByteArrayOutputStream out) {
		byte[] bytes = new byte[text.remaining()];
		text.get(bytes);
		out.writeBytes(bytes);
	}

	/**
	 * One file of a batch.
	 *
	 * @param content its bytes, or {@code null} if no event was left for it
	 * @param written how many events it holds
	 * @param tooLarge how many events were passed over because no line may be that long
	 * @param next the first event that did not fit
	 */
	@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
	record Part(byte @Nullable [] content, int written, int tooLarge, int next) {

	}

	/**
	 * What the first line says.
	 *
	 * @param grantId the grant that the events rest on
	 * @param count how many there are
	 */
	record Header(String grantId, int count) {

	}

}
