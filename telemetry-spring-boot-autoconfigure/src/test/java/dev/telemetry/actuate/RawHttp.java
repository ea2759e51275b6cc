package dev.telemetry.actuate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Sends a request exactly as written, {@code Host} and {@code Origin} included, which the
 * JDK's client would not let through.
 */
final class RawHttp {

	private final int port;

	private final String request;

	private final List<String> headers = new ArrayList<>();

	private String host;

	private @Nullable String body;

	private String unsized = "";

	private RawHttp(int port, String request) {
		this.port = port;
		this.request = request;
		this.host = "localhost:" + port;
	}

	static RawHttp request(int port, String method, String path) {
		return new RawHttp(port, method + " " + path);
	}

	RawHttp host(String host) {
		this.host = host;
		return this;
	}

	RawHttp header(String name, String value) {
		this.headers.add(name + ": " + value);
		return this;
	}

	RawHttp json(String body) {
		return body("application/json", body);
	}

	RawHttp body(String contentType, String body) {
		this.body = body;
		return header("Content-Type", contentType);
	}

	RawHttp bodyOnly(String body) {
		this.body = body;
		return this;
	}

	/** A body whose length the headers tell in their own way, or wrongly. */
	RawHttp unsized(String body) {
		this.unsized = body;
		return this;
	}

	Answer send() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(30_000);
			socket.getOutputStream().write(message().getBytes(StandardCharsets.UTF_8));
			return Answer.parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Read the answer as far as it says something, however long the server listens. */
	String readUntil(String expected) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(30_000);
			socket.getOutputStream().write(message().getBytes(StandardCharsets.UTF_8));
			StringBuilder answer = new StringBuilder();
			int read = socket.getInputStream().read();
			while (read >= 0 && answer.indexOf(expected) < 0) {
				answer.append((char) read);
				read = (answer.indexOf(expected) < 0) ? socket.getInputStream().read() : -1;
			}
			return answer.toString();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String message() {
		StringBuilder message = new StringBuilder(this.request + " HTTP/1.1\r\nHost: " + this.host + "\r\n");
		this.headers.forEach((header) -> message.append(header).append("\r\n"));
		if (this.body != null) {
			message.append("Content-Length: ").append(this.body.length()).append("\r\n");
		}
		return message.append("Connection: close\r\n\r\n")
			.append((this.body != null) ? this.body : this.unsized)
			.toString();
	}

	/**
	 * What came back.
	 *
	 * @param status the status code
	 * @param head the status line and the headers
	 * @param body the body
	 */
	record Answer(int status, String head, String body) {

		static Answer parse(String text) {
			int end = text.indexOf("\r\n\r\n");
			String head = text.substring(0, end);
			String body = text.substring(end + 4);
			boolean chunked = head.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked");
			// Sizes of chunks are those of bytes
			byte[] bytes = (chunked ? unchunk(body) : body).getBytes(StandardCharsets.ISO_8859_1);
			return new Answer(Integer.parseInt(head.split(" ", 3)[1]), head, new String(bytes, StandardCharsets.UTF_8));
		}

		private static String unchunk(String body) {
			StringBuilder plain = new StringBuilder();
			int position = 0;
			while (true) {
				int end = body.indexOf("\r\n", position);
				int size = Integer.parseInt(body.substring(position, end), 16);
				if (size == 0) {
					return plain.toString();
				}
				plain.append(body, end + 2, end + 2 + size);
				position = end + 2 + size + 2;
			}
		}

	}

}
