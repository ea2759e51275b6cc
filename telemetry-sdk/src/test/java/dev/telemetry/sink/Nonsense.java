package dev.telemetry.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

import dev.telemetry.sink.RawReceiver.Connection;
import dev.telemetry.sink.RawReceiver.Script;
import dev.telemetry.sink.TelemetryException.Reaction;
import org.jspecify.annotations.Nullable;

/**
 * What answers at an address where somebody expects a receiver, and what has to come of
 * it.
 */
enum Nonsense {

	SSH_BANNER(Reaction.HOLD, first("SSH-2.0-OpenSSH_9.6\r\n")),

	SMTP_BANNER(Reaction.HOLD, first("220 mail.example.com ESMTP\r\n")),

	FTP_BANNER(Reaction.HOLD, first("220 FTP server ready\r\n")),

	MYSQL_GREETING(Reaction.HOLD, first("J\0\0\0\n8.4.0\0\1\2\3")),

	REDIS_ERROR(Reaction.HOLD, answer("-ERR unknown command 'POST'\r\n")),

	POSTGRES_ERROR(Reaction.HOLD, answer("E\0\0\0\u0008Ssome")),

	MEMCACHED_ERROR(Reaction.HOLD, answer("ERROR\r\nERROR\r\n")),

	ECHO(Reaction.HOLD, (connection) -> connection.say("POST /v1/logs HTTP/1.1\r\nHost: example.com\r\n\r\n").drain()),

	PLAIN_HTML(Reaction.HOLD, answer("<html><body>It works!</body></html>\n")),

	NULL_BYTES(Reaction.HOLD, answer("\0".repeat(4096))),

	RANDOM_BYTES(Reaction.HOLD, answer("\u00ff\u00fe\u0012\u0000\u00a7\u0081".repeat(100))),

	ICY(Reaction.HOLD, answer("ICY 200 OK\r\n\r\n")),

	HTTP_0_9(Reaction.HOLD, answer("OK\n")),

	HTTP_2_PREFACE(Reaction.HOLD, answer("\0\0\u0012\4\0\0\0\0\0\0\3\0\0\0\u0080\0\4\0\1\0\0")),

	HTTP_2_STATUS_LINE(Reaction.HOLD, answer("HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n")),

	STATUS_IS_A_WORD(Reaction.HOLD, answer("HTTP/1.1 banana\r\n\r\n")),

	STATUS_IS_EMPTY(Reaction.HOLD, answer("HTTP/1.1 \r\n\r\n")),

	STATUS_999(Reaction.HOLD, answer("HTTP/1.1 999 Request denied\r\nContent-Length: 0\r\n\r\n")),

	STATUS_000(Reaction.HOLD, answer("HTTP/1.1 000 ?\r\nContent-Length: 0\r\n\r\n")),

	STATUS_HAS_FOUR_DIGITS(Reaction.HOLD, answer("HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n")),

	SWITCHING_PROTOCOLS(Reaction.HOLD, answer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n")),

	HEADER_WITHOUT_COLON(Reaction.HOLD, answer("HTTP/1.1 200 OK\r\nthis is no header\r\n\r\n")),

	HEADER_WITHOUT_NAME(Reaction.HOLD, answer("HTTP/1.1 200 OK\r\n: value\r\n\r\n")),

	HEADER_WITH_NULL_BYTE(Reaction.HOLD, answer("HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n")),

	HUGE_HEADER(Reaction.HOLD, answer("HTTP/1.1 200 OK\r\nA: " + "b".repeat(1024 * 1024) + "\r\n\r\n")),

	ENDLESS_HEADERS(Reaction.HOLD, endless("HTTP/1.1 200 OK\r\n", "A: b\r\n")),

	ENDLESS_CONTINUE(Reaction.HOLD, endless("", "HTTP/1.1 100 Continue\r\n\r\n")),

	ENDLESS_STATUS_LINE(Reaction.HOLD, endless("HTTP/1.1 200 ", "OK ")),

	LENGTH_IS_A_WORD(Reaction.HOLD, answer("HTTP/1.1 200 OK\r\nContent-Length: banana\r\n\r\n")),

	LENGTH_IS_NEGATIVE(Reaction.HOLD, answer("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabcde")),

	LENGTH_OVERFLOWS(Reaction.HOLD, answer("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")),

	LENGTHS_DIFFER(Reaction.HOLD, answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc")),

	CHUNK_IS_A_WORD(Reaction.HOLD, answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nbanana\r\n")),

	CHUNK_IS_LONGER(Reaction.HOLD,
			answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n")),

	CHUNK_OVERFLOWS(Reaction.HOLD,
			answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc")),

	SHORT_BODY(Reaction.RETRY, answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab")),

	SHORT_CHUNK(Reaction.RETRY, answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nab")),

	NO_LAST_CHUNK(Reaction.RETRY, answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n")),

	SHORT_HEAD(Reaction.RETRY, answer("HTTP/1.1 200 OK\r\nContent-Le")),

	SHORT_PROTOCOL(Reaction.RETRY, answer("HTT")),

	NOTHING(Reaction.RETRY, answer("")),

	CLOSED_AT_ONCE(Reaction.RETRY, (connection) -> {
	}),

	RESET(Reaction.RETRY, (connection) -> connection.socket().setSoLinger(true, 0)),

	RESET_IN_THE_ANSWER(Reaction.RETRY, (connection) -> {
		connection.request();
		connection.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab").socket().setSoLinger(true, 0);
	}),

	HALF_CLOSED(Reaction.RETRY, (connection) -> {
		connection.socket().shutdownOutput();
		connection.drain();
	}),

	SILENT(Reaction.RETRY, Connection::drain),

	STOPS_IN_THE_ANSWER(Reaction.RETRY, (connection) -> {
		connection.request();
		connection.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab").drain();
	}),

	SLOW_DRIP_OF_THE_HEAD(Reaction.RETRY, drip("HTTP/1.1 200 OK\r\nA: ")),

	SLOW_DRIP_OF_THE_BODY(Reaction.RETRY, drip("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n")),

	PLAIN_WHERE_TLS_IS_EXPECTED(Reaction.HOLD, "https", answerBytes("HTTP/1.1 400 Bad Request\r\n\r\n")),

	SSH_WHERE_TLS_IS_EXPECTED(Reaction.HOLD, "https", first("SSH-2.0-OpenSSH_9.6\r\n")),

	TLS_WHERE_PLAIN_IS_EXPECTED(Reaction.HOLD, answer("\u0015\u0003\u0001\0\u0002\u0002\u0046")),

	BROKEN_GZIP(Reaction.HOLD, answer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nabcde")),

	HALF_A_GZIP(Reaction.HOLD, (connection) -> {
		byte[] half = gzip("x".repeat(1000));
		connection.request();
		connection.say("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + (half.length / 2) + "\r\n\r\n")
			.socket()
			.getOutputStream()
			.write(half, 0, half.length / 2);
	}),

	/** Answers that say what they mean in spite of something odd about them. */

	BODY_BEHIND_NO_CONTENT(null, answer("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nabcde")),

	EQUAL_LENGTHS(null, answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n")),

	GARBAGE_BEHIND_THE_ANSWER(null, answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 500 Oops\r\n\r\n")),

	EARLY_REFUSAL(Reaction.HOLD, (connection) -> {
		connection.say("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
		connection.socket().setSoLinger(true, 1);
	}),

	INTERIM_ANSWERS(null, answer("HTTP/1.1 100 Continue\r\n\r\n".repeat(5) + "HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n"
			+ "HTTP/1.1 204 No Content\r\n\r\n"));

	private final @Nullable Reaction reaction;

	private final String scheme;

	private final Script script;

	Nonsense(@Nullable Reaction reaction, Script script) {
		this(reaction, "http", script);
	}

	Nonsense(@Nullable Reaction reaction, String scheme, Script script) {
		this.reaction = reaction;
		this.scheme = scheme;
		this.script = script;
	}

	/** Return what helps, or {@code null} if the events count as taken. */
	@Nullable Reaction reaction() {
		return this.reaction;
	}

	String scheme() {
		return this.scheme;
	}

	Script script() {
		return this.script;
	}

	/** Speak before anything was asked, and go on as if it had been understood. */
	private static Script first(String text) {
		return (connection) -> connection.say(text).drain();
	}

	private static Script answer(String text) {
		return (connection) -> {
			connection.request();
			connection.say(text);
		};
	}

	/** Answer the first bytes of whatever comes. */
	private static Script answerBytes(String text) {
		return (connection) -> {
			connection.socket().getInputStream().read(new byte[8192]);
			connection.say(text);
		};
	}

	private static Script endless(String head, String again) {
		byte[] block = again.repeat(4096 / again.length()).getBytes(StandardCharsets.ISO_8859_1);
		return (connection) -> {
			connection.request();
			connection.say(head);
			while (!connection.socket().isClosed()) {
				connection.say(block);
			}
		};
	}

	/** One byte after the other, each before anybody would give up waiting for it. */
	private static Script drip(String head) {
		return (connection) -> {
			connection.request();
			connection.say(head);
			connection.socket().setSoTimeout(5);
			while (!connection.socket().isClosed()) {
				connection.say("x");
				awaitEnd(connection);
			}
		};
	}

	private static void awaitEnd(Connection connection) throws IOException {
		try {
			if (connection.socket().getInputStream().read() < 0) {
				connection.socket().close();
			}
		}
		catch (SocketTimeoutException ex) {
			// it is still there
		}
	}

	private static byte[] gzip(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream out = new GZIPOutputStream(bytes)) {
			out.write(text.getBytes(StandardCharsets.ISO_8859_1));
		}
		return bytes.toByteArray();
	}

}
