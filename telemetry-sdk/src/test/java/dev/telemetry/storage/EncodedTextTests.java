package dev.telemetry.storage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link EncodedText}. */
class EncodedTextTests {

	@Test
	void decodeWhenThereIsAMarkFollowsIt() throws CharacterCodingException {
		assertThat(EncodedText.decode(marked(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF))).isEqualTo("tr\u00fce\r\n");
		assertThat(EncodedText.decode(marked(StandardCharsets.UTF_16LE, 0xFF, 0xFE))).isEqualTo("tr\u00fce\r\n");
		assertThat(EncodedText.decode(marked(StandardCharsets.UTF_16BE, 0xFE, 0xFF))).isEqualTo("tr\u00fce\r\n");
	}

	@Test
	void decodeWhenThereIsNoMarkIsUtf8() throws CharacterCodingException {
		assertThat(EncodedText.decode(marked(StandardCharsets.UTF_8))).isEqualTo("tr\u00fce\r\n");
		assertThat(EncodedText.decode(new byte[0])).isEmpty();
		assertThat(EncodedText.decode(new byte[] { 'y' })).isEqualTo("y");
	}

	@Test
	void decodeWhenItIsNoTextFails() {
		for (byte[] bytes : new byte[][] { { 't', (byte) 0xff }, { (byte) 0xff, (byte) 0xfe, 't' },
				{ (byte) 0xfe, (byte) 0xff, (byte) 0xd8, 0x00 } }) {
			assertThatExceptionOfType(CharacterCodingException.class).isThrownBy(() -> EncodedText.decode(bytes));
		}
	}

	private static byte[] marked(Charset charset, int... mark) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int octet : mark) {
			bytes.write(octet);
		}
		bytes.writeBytes("tr\u00fce\r\n".getBytes(charset));
		return bytes.toByteArray();
	}

}
