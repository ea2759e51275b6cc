package dev.telemetry.sdk;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.telemetry.EventScope;
import dev.telemetry.EventType;

/**
 * Made-up secrets of every kind that redaction names, each in the words in which it slips
 * into a value. What must not be found afterwards stands apart, since the words around it
 * stay.
 *
 * @param text what an application records by mistake
 * @param secret the part that must not be kept
 */
record Canary(String text, String secret) {

	/** Not a secret: if this is not found either, nothing was looked at. */
	static final String HARMLESS = "lighthouse";

	private static final EventType SUNG = EventType.of("canary.sung");

	private static final String HEX = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

	private static final String RUN = "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MEFCQ0RFRkdISUpLTE1O";

	private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ";

	private static final List<Canary> WITH_CONTEXT = List.of(c("https://canary-user:pw-01@example.com/x", "pw-01"),
			c("jdbc:mysql://root:pw-02@db.example.com/x", "pw-02"),
			c("postgres://canary-user2:pw-03@db:5432/x", "canary-user2"), c("amqp://u:p@pw-04@mq:5672", "pw-04"),
			c("password=pw-05", "pw-05"), c("PASSWORD: pw-06", "pw-06"), c("passwd=pw-07", "pw-07"),
			c("client_secret=pw-08", "pw-08"), c("?sig=pw-09&se=1", "pw-09"), c("api_key=pw-10", "pw-10"),
			c("{\"password\":\"pw-11\"}", "pw-11"), c("{\"apiKey\" : \"pw-12\"}", "pw-12"),
			c("{'token': 'pw-13'}", "pw-13"), c("Authorization: Bearer pw-14", "pw-14"),
			c("authorization: pw-15", "pw-15"), c("Proxy-Authorization: Basic cHctMTY6cHctMTY=", "cHctMTY6cHctMTY"),
			c("Cookie: session=pw-17; x=pw-17", "pw-17"), c("Set-Cookie: id=pw-18; Path=/", "pw-18"),
			c("x-api-key: pw-19", "pw-19"), c("X-Amz-Security-Token: pw-20", "pw-20"),
			c("run --password pw-21 -v", "pw-21"), c("--api-key=pw-22", "pw-22"), c("bearer pw-23xyz", "pw-23xyz"),
			c("Token abc24def", "abc24def"), c("passphrase=pw-25", "pw-25"),
			c("spring.datasource.password=pw-26", "pw-26"), c("AccountKey=pw-27", "pw-27"),
			c("at /home/canary-a/work", "canary-a"), c("at /Users/canary-b/Library", "canary-b"),
			c("C:\\Users\\canary-c\\x", "canary-c"), c("file:///home/canary-d", "canary-d"),
			c("%2Fhome%2Fcanary-e%2Fx", "canary-e"), c("in /srv/people/malice/x", "/srv/people/malice"));

	private static final List<String> BY_FORM = List.of("bob.canary@example.com", "canary+tag@mail.example.co.uk",
			"jürgen.canary@müller.example", "alice-canary%40example.com", "192.0.2.17", "198.51.100.203", "10.11.12.13",
			"2001:db8:85a3::8a2e:370:7334", "fe80::1ff:fe23:4567:890a", "00:1a:2b:3c:4d:5e", "4111 1111 1111 1111",
			"5500-0000-0000-0004", "378282246310005", JWT, HEX, RUN, "ghp_0123456789abcdefCANARY",
			"github_pat_11CANARY0abcdefghij", "glpat-canary0123456789", "xoxb-1234567890-canary",
			"AIzaCanary0123456789abcdef", "AKIACANARY0123456789", "ASIACANARY0123456789", "sk-canary0123456789abcdef",
			"sk_live_canary0123456789", "npm_canary0123456789abcd", "pypi-canary0123456789abcd",
			"dop_v1_canary0123456789", "hf_canary0123456789abcd", "ya29.canary0123456789abc",
			"SG.canary0123456789abcdef.canary0123456789abcdef",
			"-----BEGIN RSA PRIVATE KEY-----\nMIIEcanary\n-----END RSA PRIVATE KEY-----", Installation.USER,
			Installation.HOST);

	static List<Canary> all() {
		return Stream.concat(WITH_CONTEXT.stream(), BY_FORM.stream().map((form) -> c(form, form))).toList();
	}

	/** What must not be found, in the forms in which JSON and protobuf write it. */
	private List<String> traces() {
		String first = this.secret.lines().skip(this.secret.startsWith("-----") ? 1 : 0).findFirst().orElseThrow();
		return List.of(first, first.replace("\\", "\\\\"), escaped(first));
	}

	/** Make every mistake by which a text can get into an event. */
	void sing(Installation here) {
		here.context.context()
			.event(SUNG)
			.attribute("note", this.text)
			.attribute("quoted", "saw '" + this.text + "' here")
			.record();
		here.context.context().record("canary.map", Map.of(this.text, "as a key", "note", List.of(this.text)));
		here.context.context().record(this.text);
		try (EventScope scope = here.context.context().start(SUNG)) {
			scope.attribute("note", this.text).failed(new IllegalStateException(this.text));
		}
	}

	List<String> foundIn(List<String> places) {
		return traces().stream().filter((trace) -> places.stream().anyMatch((p) -> p.contains(trace))).toList();
	}

	private static String escaped(String text) {
		StringBuilder ascii = new StringBuilder();
		text.chars().forEach((c) -> ascii.append((c < 128) ? String.valueOf((char) c) : String.format("\\u%04x", c)));
		return ascii.toString();
	}

	private static Canary c(String text, String secret) {
		return new Canary(text, secret);
	}

}
