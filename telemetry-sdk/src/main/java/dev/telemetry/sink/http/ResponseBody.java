package dev.telemetry.sink.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;

import dev.telemetry.sink.http.ResponseReader.Response;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an answer's body after decompression, and what it is.
 *
 * @param bytes at most 64 KiB
 * @param mediaType in lower case and without parameters, or {@code null}
 * @param readable whether it could be decompressed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ResponseBody(byte[] bytes, @Nullable String mediaType, boolean readable) {

	/** No body. */
	static final ResponseBody NONE = new ResponseBody(new byte[0], null, true);

	private static final Set<String> PLAIN = Set.of("", "identity");

	private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

	private static final Set<String> WEB_PAGES = Set.of("text/html", "application/xhtml+xml");

	static ResponseBody of(Response response) {
		String mediaType = lower(response.head().first("content-type")).replaceFirst(";.*", "").strip();
		String coding = lower(response.head().first("content-encoding"));
		byte @Nullable [] bytes = decompressed(response.body(), coding);
		return new ResponseBody((bytes != null) ? bytes : new byte[0], mediaType.isEmpty() ? null : mediaType,
				bytes != null);
	}

	private static String lower(@Nullable String value) {
		return (value != null) ? value.strip().toLowerCase(Locale.ROOT) : "";
	}

	/**
	 * No server is asked to compress, but many do. The inflated size is bounded as well.
	 */
	private static byte @Nullable [] decompressed(byte[] body, String coding) {
		if (body.length == 0 || PLAIN.contains(coding)) {
			return body;
		}
		return GZIP.contains(coding) ? inflated(body) : null;
	}

	private static byte @Nullable [] inflated(byte[] body) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		byte[] block = new byte[8192];
		try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
			for (int room = ResponseReader.MAX_BODY_BYTES; room > 0; room = ResponseReader.MAX_BODY_BYTES
					- bytes.size()) {
				int read = in.read(block, 0, Math.min(room, block.length));
				if (read < 0) {
					break;
				}
				bytes.write(block, 0, read);
			}
			return bytes.toByteArray();
		}
		catch (EOFException ex) {
			// Its end may be beyond what was read
			return (body.length == ResponseReader.MAX_BODY_BYTES) ? bytes.toByteArray() : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	/** Return whether it is a page for people, by what it says or by how it begins. */
	boolean isWebPage() {
		if (this.bytes.length == 0) {
			return false;
		}
		String begin = new String(this.bytes, 0, Math.min(this.bytes.length, 256), StandardCharsets.UTF_8)
			.replaceFirst("^\ufeff", "")
			.stripLeading()
			.toLowerCase(Locale.ROOT);
		return WEB_PAGES.contains(String.valueOf(this.mediaType)) || begin.startsWith("<!doctype html")
				|| begin.startsWith("<html") || (begin.startsWith("<") && begin.contains("<html"));
	}

}
