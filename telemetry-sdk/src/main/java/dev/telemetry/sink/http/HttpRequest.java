package dev.telemetry.sink.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.telemetry.sent.SentHead;
import dev.telemetry.sent.SentHead.Protocol;

/** Makes of a body one request of HTTP/1.1, head and body in one piece. */
final class HttpRequest {

	private static final String USER_AGENT = "telemetry-spring-boot-starter";

	private HttpRequest() {
	}

	/**
	 * Encode a POST.
	 * @param settings where and how to send
	 * @param fields the header fields that describe the body
	 * @param wire the body, compressed as the settings say
	 * @return what to write
	 */
	static byte[] encode(HttpSettings settings, Map<String, String> fields, byte[] wire) {
		StringBuilder head = new StringBuilder(512).append("POST ").append(target(settings.endpoint()));
		head.append(" HTTP/1.1\r\nHost: ").append(settings.endpoint().getRawAuthority());
		head.append("\r\nContent-Length: ").append(wire.length);
		header(settings, fields).forEach((name, value) -> head.append("\r\n").append(name).append(": ").append(value));
		byte[] text = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII);
		ByteArrayOutputStream request = new ByteArrayOutputStream(text.length + wire.length);
		request.writeBytes(text);
		request.writeBytes(wire);
		return request.toByteArray();
	}

	private static Map<String, String> header(HttpSettings settings, Map<String, String> fields) {
		Map<String, String> header = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		settings.headers().forEach(header::put);
		header.putAll(fields);
		header.put("User-Agent", USER_AGENT);
		if (settings.gzip()) {
			header.put("Content-Encoding", "gzip");
		}
		return header;
	}

	/**
	 * Describe a POST without anything that could be a secret.
	 * @param settings where and how to send
	 * @param body what it carries
	 * @param destination the name of the destination
	 * @return the description
	 */
	static SentHead describe(HttpSettings settings, HttpBody body, String destination) {
		List<String> names = new ArrayList<>(List.of("Host", "Content-Length"));
		names.addAll(header(settings, body.fields()).keySet());
		return new SentHead(destination, settings.target(), Protocol.HTTP, "POST", path(settings.endpoint()), names,
				body.events());
	}

	private static String path(URI endpoint) {
		String target = target(endpoint);
		int query = target.indexOf('?');
		return (query < 0) ? target : target.substring(0, query);
	}

	/** Return path and query in ASCII. */
	private static String target(URI endpoint) {
		URI ascii = URI.create(endpoint.toASCIIString());
		String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
		return (ascii.getRawQuery() != null) ? path + "?" + ascii.getRawQuery() : path;
	}

}
