package dev.telemetry.storage;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The text of a file that a user wrote with an editor or a shell: UTF-8, or what its byte
 * order mark says. Windows PowerShell writes UTF-16 with a mark.
 */
public final class EncodedText {

	private EncodedText() {
	}

	/**
	 * Decode the content of a file.
	 * @param bytes the content, with or without a byte order mark of UTF-8 or UTF-16
	 * @return the text, without the mark
	 * @throws CharacterCodingException if it is not text in that encoding
	 */
	public static String decode(byte[] bytes) throws CharacterCodingException {
		if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
			return decode(bytes, 3, StandardCharsets.UTF_8);
		}
		if (startsWith(bytes, 0xFF, 0xFE)) {
			return decode(bytes, 2, StandardCharsets.UTF_16LE);
		}
		if (startsWith(bytes, 0xFE, 0xFF)) {
			return decode(bytes, 2, StandardCharsets.UTF_16BE);
		}
		return decode(bytes, 0, StandardCharsets.UTF_8);
	}

	private static String decode(byte[] bytes, int start, Charset charset) throws CharacterCodingException {
		return charset.newDecoder().decode(ByteBuffer.wrap(bytes, start, bytes.length - start)).toString();
	}

	private static boolean startsWith(byte[] bytes, int... mark) {
		if (bytes.length < mark.length) {
			return false;
		}
		for (int i = 0; i < mark.length; i++) {
			if ((bytes[i] & 0xFF) != mark[i]) {
				return false;
			}
		}
		return true;
	}

}
