package dev.telemetry.sink.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one answer of HTTP/1.x (RFC 9112), strictly and within bounds. What it reads is
 * untrusted: nothing is allocated by a length that is stated.
 */
final class ResponseReader {

	/** Of a body, more is not read. */
	static final int MAX_BODY_BYTES = 64 * 1024;

	private static final int MAX_HEAD_BYTES = 64 * 1024;

	/** More than that around the chunks of one body is no answer any more. */
	private static final int MAX_CHUNK_LINE_BYTES = 4 * MAX_BODY_BYTES;

	private static final int MAX_FIELDS = 256;

	private static final int MAX_INTERIM = 32;

	private static final byte[] PROTOCOL = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);

	private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.([01]) ([1-5][0-9]{2})( .*)?");

	private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)", Pattern.DOTALL);

	private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,8})[ \t]*(;.*)?");

	private final InputStream in;

	/** How much lines may still hold: those of a head, then those around chunks. */
	private int lineBytes;

	private boolean begun;

	ResponseReader(InputStream in) {
		this.in = in;
	}

	/**
	 * Read an answer.
	 * @return the answer, with the beginning of its body
	 * @throws NotHttpException if it is not HTTP
	 * @throws IOException if the connection ends before the answer does
	 */
	Response read() throws IOException {
		ResponseHead head = head();
		for (int interim = 0; head.isInterim(); interim++) {
			if (head.status() == 101 || interim == MAX_INTERIM) {
				throw new NotHttpException("no answer follows what was announced");
			}
			head = head();
		}
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		boolean complete = body(head.bodyLength(), body);
		return new Response(head, body.toByteArray(), complete && head.keepsConnection());
	}

	/** Return whether at least one byte was read. */
	boolean hasBegun() {
		return this.begun;
	}

	private ResponseHead head() throws IOException {
		this.lineBytes = MAX_HEAD_BYTES;
		expectProtocol();
		Matcher line = STATUS_LINE.matcher("HTTP/1." + line());
		if (!line.matches()) {
			throw new NotHttpException("its status line is none");
		}
		ResponseHead head = new ResponseHead(Integer.parseInt(line.group(2)), line.group(1).equals("1"));
		for (String field = line(); !field.isEmpty(); field = line()) {
			add(head, field);
		}
		return head;
	}

	/** Whatever else speaks is known by its first bytes: more of it may never come. */
	private void expectProtocol() throws IOException {
		for (byte expected : PROTOCOL) {
			if (next() != expected) {
				throw new NotHttpException("it does not begin as HTTP does");
			}
		}
	}

	private static void add(ResponseHead head, String line) throws NotHttpException {
		if (head.size() == MAX_FIELDS) {
			throw new NotHttpException("it has too many header fields");
		}
		if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
			head.fold(line.strip());
			return;
		}
		Matcher field = FIELD.matcher(line);
		if (!field.matches()) {
			throw new NotHttpException("one of its header fields is none");
		}
		head.add(field.group(1), field.group(2).strip());
	}

	/** Return a line without its end. */
	private String line() throws IOException {
		StringBuilder line = new StringBuilder(64);
		for (int next = next(); next != '\n'; next = next()) {
			if (next == 0 || --this.lineBytes < 0) {
				throw new NotHttpException("one of its lines is none, or too long");
			}
			line.append((char) next);
		}
		int length = line.length();
		if (length > 0 && line.charAt(length - 1) == '\r') {
			line.setLength(length - 1);
		}
		if (line.indexOf("\r") >= 0) {
			throw new NotHttpException("one of its lines holds a carriage return");
		}
		return line.toString();
	}

	private int next() throws IOException {
		int next = this.in.read();
		if (next < 0) {
			throw new EOFException("the connection was closed");
		}
		this.begun = true;
		return next;
	}

	/** Read a body, and say whether all of it was read. */
	private boolean body(long length, ByteArrayOutputStream body) throws IOException {
		if (length == ResponseHead.CHUNKED) {
			return chunks(body);
		}
		long most = (length == ResponseHead.UNTIL_CLOSED) ? Long.MAX_VALUE : length;
		long read = copy(most, body);
		if (length != ResponseHead.UNTIL_CLOSED && read < Math.min(length, MAX_BODY_BYTES)) {
			throw new EOFException("the connection was closed within a body");
		}
		return read == length;
	}

	private boolean chunks(ByteArrayOutputStream body) throws IOException {
		this.lineBytes = MAX_CHUNK_LINE_BYTES;
		for (long size = chunkSize(); size > 0; size = chunkSize()) {
			int room = MAX_BODY_BYTES - body.size();
			long read = copy(size, body);
			if (read < Math.min(size, room)) {
				throw new EOFException("the connection was closed within a chunk");
			}
			if (read < size) {
				return false;
			}
			if (!line().isEmpty()) {
				throw new NotHttpException("one of its chunks has another length");
			}
		}
		String trailer = line();
		while (!trailer.isEmpty()) {
			// Its fields have no meaning for us
			trailer = line();
		}
		return true;
	}

	private long chunkSize() throws IOException {
		Matcher size = CHUNK.matcher(line());
		if (!size.matches()) {
			throw new NotHttpException("the length of a chunk is none");
		}
		return Long.parseLong(size.group(1), 16);
	}

	/** Copy bytes until there are as many, no more, or as many as a body may have. */
	private long copy(long most, ByteArrayOutputStream body) throws IOException {
		int room = (int) Math.min(most, MAX_BODY_BYTES - body.size());
		byte[] block = new byte[Math.min(Math.max(room, 1), 8192)];
		long copied = 0;
		while (copied < room) {
			int read = this.in.read(block, 0, (int) Math.min(block.length, room - copied));
			if (read < 0) {
				break;
			}
			body.write(block, 0, read);
			copied += read;
		}
		return copied;
	}

	/**
	 * An answer.
	 *
	 * @param head its status and header fields
	 * @param body the beginning of its body
	 * @param reusable whether the connection can serve another request
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	record Response(ResponseHead head, byte[] body, boolean reusable) {

		/** Return the same answer on a connection that serves no other request. */
		Response closed() {
			return new Response(this.head, this.body, false);
		}

	}

}
