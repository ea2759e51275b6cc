package dev.telemetry.sink.http;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import dev.telemetry.sink.http.ResponseReader.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link ResponseReader}. What is no answer at all: {@code Nonsense}.
 */
@Tag("T-09")
class ResponseReaderTests {

	private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n";

	private static Response read(String text) throws IOException {
		return new ResponseReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1))).read();
	}

	static Stream<Arguments> answers() {
		return Stream.of(Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", 200, "ab", true),
				Arguments.of("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", 200, "", true),
				Arguments.of("HTTP/1.1 200 OK\nContent-Length: 2\n\nab", 200, "ab", true),
				Arguments.of("HTTP/1.1 503 \u00fcberlastet\r\ncontent-length:2\r\n\r\nab", 503, "ab", true),
				Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nab", 200, "ab", true),
				Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: Keep-Alive, Close\r\n\r\nab", 200,
						"ab", false),
				Arguments.of("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nab", 200, "ab", false),
				Arguments.of("HTTP/1.0 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nab", 200, "ab",
						true),
				Arguments.of("HTTP/1.1 200 OK\r\n\r\nab", 200, "ab", false),
				Arguments.of("HTTP/1.1 204 No Content\r\n\r\n", 204, "", true),
				Arguments.of("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nab", 204, "", false),
				Arguments.of("HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n", 304, "", false),
				Arguments.of("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", 200, "ab",
						true),
				Arguments.of(CHUNKED + "\r\n2\r\nab\r\n1;a=b\r\nc\r\n0\r\n\r\n", 200, "abc", true),
				Arguments.of(CHUNKED + "\r\n02 \r\nab\r\n0\r\nA: trailer\r\n\r\n", 200, "ab", true),
				Arguments.of(CHUNKED + "Content-Length: 7\r\n\r\n2\r\nab\r\n0\r\n\r\n", 200, "ab", false),
				Arguments.of("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nab", 200, "ab", false),
				Arguments.of("HTTP/1.1 200 OK\r\nA: b\r\n  c\r\nContent-Length: 0\r\n\r\n", 200, "", true));
	}

	@ParameterizedTest
	@MethodSource("answers")
	void answerIsReadToItsEnd(String text, int status, String body, boolean reusable) throws IOException {
		Response response = read(text);
		assertThat(response.head().status()).isEqualTo(status);
		assertThat(response.body()).asString(StandardCharsets.US_ASCII).isEqualTo(body);
		assertThat(response.reusable()).isEqualTo(reusable);
	}

	@Test
	void fieldsAreFoundWithoutRegardToCaseAndFoldedLinesAreJoined() throws IOException {
		ResponseHead head = read(
				"HTTP/1.1 429 Slow down\r\nRETRY-after:\t7 \r\nX: a\r\n\tb\r\nContent-Length: 0\r\n\r\n")
			.head();
		assertThat(head.first("retry-after")).isEqualTo("7");
		assertThat(head.first("x")).isEqualTo("a b");
		assertThat(head.first("date")).isNull();
	}

	@ParameterizedTest
	@MethodSource("answers")
	void answerThatIsCutAnywhereIsNoWholeAnswer(String text) throws IOException {
		boolean untilClosed = read(text).head().bodyLength() == ResponseHead.UNTIL_CLOSED;
		int end = untilClosed ? text.indexOf("\r\n\r\n") + 4 : whole(text);
		for (int length = 0; length < end; length++) {
			String cut = text.substring(0, length);
			assertThatExceptionOfType(EOFException.class).as(cut).isThrownBy(() -> read(cut));
		}
	}

	/** Return where the answer ends: what follows a 204 or a 304 is none of it. */
	private static int whole(String text) {
		return text.startsWith("HTTP/1.1 204") || text.startsWith("HTTP/1.1 304") ? text.indexOf("\r\n\r\n") + 4
				: text.length();
	}

	@Test
	void bodyIsReadToItsLimitOnly() throws IOException {
		String large = "x".repeat(100_000);
		for (String text : new String[] { "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + large,
				"HTTP/1.1 200 OK\r\n\r\n" + large, CHUNKED + "\r\n186a0\r\n" + large + "\r\n0\r\n\r\n",
				CHUNKED + "\r\n" + ("1000\r\n" + large.substring(0, 4096) + "\r\n").repeat(20) + "0\r\n\r\n" }) {
			Response response = read(text);
			assertThat(response.body()).hasSize(64 * 1024);
			assertThat(response.reusable()).isFalse();
		}
	}

	@Test
	void statedLengthAllocatesNothing() {
		assertThatExceptionOfType(EOFException.class)
			.isThrownBy(() -> read("HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999\r\n\r\nab"));
		assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(CHUNKED + "\r\nffffffff\r\nab"));
	}

	@Test
	void damagedAnswersAreReadOrRefusedAndNothingElse() {
		SplittableRandom random = new SplittableRandom(7);
		byte[][] seeds = answers().map((row) -> ((String) row.get()[0]).getBytes(StandardCharsets.ISO_8859_1))
			.toArray(byte[][]::new);
		for (int i = 0; i < 20_000; i++) {
			byte[] damaged = seeds[random.nextInt(seeds.length)].clone();
			for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
				damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
			}
			Throwable failure = catchThrowable(() -> new ResponseReader(new ByteArrayInputStream(damaged)).read());
			if (failure != null) {
				assertThat(failure).as(new String(damaged, StandardCharsets.ISO_8859_1))
					.isInstanceOf(IOException.class);
			}
		}
	}

}
