package dev.telemetry.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import dev.telemetry.delivery.HandDrivenLane;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.TelemetryException.Reaction;
import dev.telemetry.sink.datadog.DatadogSinkFactory;
import dev.telemetry.sink.http.HttpJsonSinkFactory;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.http.VendorSettings;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.sink.otlp.FakeCollector.Reply;
import dev.telemetry.sink.otlp.FakeCollector.Request;
import dev.telemetry.sink.otlp.OtlpResource;
import dev.telemetry.sink.otlp.OtlpSettings;
import dev.telemetry.sink.otlp.OtlpSinkFactory;
import dev.telemetry.sink.posthog.PostHogSinkFactory;
import dev.telemetry.sink.segment.SegmentSinkFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The answer table of {@code docs/delivery-protocol.md}, held against every sink that
 * speaks HTTP (F-05 to F-08, F-23, T-03, T-09, T-11).
 */
@Tag("F-05")
@Tag("F-06")
@Tag("F-07")
@Tag("F-08")
@Tag("F-23")
@Tag("T-03")
@Tag("T-09")
@Tag("T-11")
@Timeout(120)
class AnswerTableTests {

	private static final Instant TIME = Instant.parse("2026-11-21T03:00:00.123Z");

	private static final EventOrigin ORIGIN = EventOrigin.of("demo-app", "1.0.0");

	private final FakeCollector receiver = new FakeCollector();

	private final List<TelemetrySink> sinks = new ArrayList<>();

	@AfterEach
	void close() {
		this.sinks.forEach(TelemetrySink::close);
		this.receiver.close();
	}

	private TelemetrySink make(Receiver kind) throws TelemetryException {
		TelemetrySink sink = kind.factory(this.receiver.uri("/v1/logs")).create(new SinkSession(ORIGIN, "actuator"));
		this.sinks.add(sink);
		return sink;
	}

	private static List<Event> events(int count) {
		return IntStream.range(0, count)
			.mapToObj((number) -> Event.builder("e" + number).origin(ORIGIN).timestamp(TIME).build())
			.toList();
	}

	static Stream<Arguments> statuses() {
		Stream<Arguments> table = Stream
			.of(row(null, 200, 201, 202, 204), row(Reaction.HOLD, 300, 301, 302, 303, 304, 305, 307, 308, 399),
					row(Reaction.HOLD, 401, 403, 404, 405, 407, 415, 501),
					row(Reaction.RETRY, 408, 425, 429, 502, 503, 504, 505, 507, 599), row(Reaction.DOUBT, 500),
					row(Reaction.BISECT, 400, 402, 406, 409, 410, 411, 413, 414, 417, 418, 422, 426, 431, 451, 499))
			.flatMap((row) -> row);
		return forEachReceiver(table);
	}

	private static Stream<Arguments> row(@Nullable Reaction reaction, int... statuses) {
		return IntStream.of(statuses).mapToObj((status) -> Arguments.of(status, reaction));
	}

	private static Stream<Arguments> forEachReceiver(Stream<Arguments> rows) {
		return rows.flatMap((row) -> Stream.of(Receiver.values())
			.map((receiver) -> Arguments.of(receiver, row.get()[0], row.get()[1])));
	}

	@ParameterizedTest
	@MethodSource("statuses")
	void statusSaysWhatHelps(Receiver kind, int status, @Nullable Reaction reaction) throws TelemetryException {
		TelemetrySink sink = make(kind);
		this.receiver.reply((request) -> Reply.status(status).header("Location", "http://127.0.0.1:1/"));
		TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> sink.emitAll(events(3)));
		if (reaction == null) {
			assertThat(failure).isNull();
			return;
		}
		assertThat(failure.reaction()).isEqualTo(reaction);
		assertThat(failure.settled()).isZero();
		assertThat(failure.suspects()).isEqualTo(3);
		assertThat(failure).hasMessageContaining("localhost:").hasMessageContaining("answered " + status);
		assertThat(failure.getMessage()).matches("[ -~]*").doesNotContain("SECRET");
		if (reaction == Reaction.HOLD) {
			assertThat(failure).hasMessageMatching(".*'" + kind.prefix() + "[a-z.-]+'.*");
			assertThat(failure.retryAfter()).isNull();
		}
		assertThat(this.receiver.requests()).hasSize(1);
	}

	static Stream<Arguments> retryAfter() {
		return forEachReceiver(Stream.of(Arguments.of("2", 2L), Arguments.of("0", 0L), Arguments.of("-1", null),
				Arguments.of("soon", null), Arguments.of("1000000000000", 1_000_000_000_000L),
				Arguments.of("Fri, 01 Jan 2021 02:00:00 GMT", 0L), Arguments.of("Sat, 99 Foo 2026", null)));
	}

	@ParameterizedTest
	@MethodSource("retryAfter")
	void retryAfterIsReadWithEveryAnswerThatAsksForIt(Receiver kind, String value, @Nullable Long seconds)
			throws TelemetryException {
		TelemetrySink sink = make(kind);
		for (int status : List.of(408, 429, 500, 503)) {
			this.receiver.reply((request) -> Reply.status(status).header("Retry-After", value));
			TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> sink.emitAll(events(1)));
			assertThat(failure.retryAfter()).as("status %d", status)
				.isEqualTo((seconds != null) ? Duration.ofSeconds(seconds) : null);
		}
	}

	@ParameterizedTest
	@EnumSource
	void dateToComeIsHeldAgainstTheAnswersOwn(Receiver kind) throws TelemetryException {
		TelemetrySink sink = make(kind);
		this.receiver.reply((request) -> Reply.status(503).header("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"));
		TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> sink.emitAll(events(1)));
		assertThat(failure.retryAfter()).isGreaterThan(Duration.ofDays(36500));
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsSentInsideTheWindowAReceiverAsksFor(Receiver kind) throws TelemetryException {
		this.receiver.reply((request) -> Reply.status(429).header("Retry-After", "90"));
		try (HandDrivenLane lane = new HandDrivenLane(make(kind))) {
			lane.deliver(events(10));
			for (int second = 1; second < 90; second++) {
				lane.advance(Duration.ofSeconds(1));
			}
			assertThat(this.receiver.requests()).hasSize(1);
			this.receiver.reply((request) -> Reply.status(200));
			lane.advance(Duration.ofSeconds(1));
			assertThat(this.receiver.requests()).hasSize(2);
			assertThat(lane.status().delivered()).isEqualTo(10);
		}
	}

	@ParameterizedTest
	@EnumSource
	void windowIsCutToAnHour(Receiver kind) throws TelemetryException {
		this.receiver.reply((request) -> Reply.status(503).header("Retry-After", "1000000000000"));
		try (HandDrivenLane lane = new HandDrivenLane(make(kind))) {
			lane.deliver(events(1));
			lane.advance(Duration.ofHours(1).minusSeconds(1));
			assertThat(this.receiver.requests()).hasSize(1);
			lane.advance(Duration.ofSeconds(1));
			assertThat(this.receiver.requests()).hasSize(2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void poisonEventIsFoundAndTheOthersAreDelivered(Receiver kind) throws TelemetryException {
		List<Event> batch = events(512);
		for (int status : List.of(400, 413, 422)) {
			int before = this.receiver.requests().size();
			this.receiver.reply((request) -> Reply.status(holds(request, batch.get(511)) ? status : 200));
			try (HandDrivenLane lane = new HandDrivenLane(make(kind))) {
				lane.deliver(batch);
				assertThat(lane.status().delivered()).isEqualTo(511);
				assertThat(lane.rejected()).containsExactly(batch.get(511));
				assertThat(this.receiver.requests().size() - before).isLessThanOrEqualTo(20);
			}
		}
	}

	private static boolean holds(Request request, Event event) {
		return new String(request.body(), StandardCharsets.ISO_8859_1).contains(event.id().toString());
	}

	@ParameterizedTest
	@EnumSource
	void wrongTokenCostsNoEventAndIsAProblemUntilItIsMended(Receiver kind) throws TelemetryException {
		this.receiver.reply((request) -> Reply.status(401));
		try (HandDrivenLane lane = new HandDrivenLane(make(kind))) {
			lane.deliver(events(1000));
			for (int minute = 0; minute < 60; minute++) {
				lane.advance(Duration.ofMinutes(1));
			}
			assertThat(this.receiver.requests()).hasSizeBetween(10, 20);
			assertThat(lane.problems()).singleElement()
				.satisfies((problem) -> assertThat(problem.problem()).contains("answered 401",
						"'" + kind.credentials() + "'"));
			assertThat(lane.status().dropped()).isEmpty();
			this.receiver.reply((request) -> Reply.status(200));
			lane.advance(Duration.ofMinutes(6));
			assertThat(lane.status().delivered()).isEqualTo(1000);
			assertThat(lane.problems()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void redirectTakesNothingElsewhere(Receiver kind) throws TelemetryException {
		try (FakeCollector other = new FakeCollector()) {
			for (int status : List.of(301, 302, 303, 307, 308)) {
				TelemetrySink sink = make(kind);
				this.receiver
					.reply((request) -> Reply.status(status).header("Location", other.uri("/v1/logs").toString()));
				TelemetryException failure = catchThrowableOfType(TelemetryException.class,
						() -> sink.emitAll(events(2)));
				assertThat(failure).hasMessageContaining("redirect");
			}
			assertThat(other.requests()).isEmpty();
			assertThat(this.receiver.requests()).hasSize(5);
		}
	}

	@ParameterizedTest
	@EnumSource
	void serverTextBecomesOneShortLine(Receiver kind) throws TelemetryException {
		TelemetrySink sink = make(kind);
		byte[] text = ("x\nSEVERE: FAKE\u001b[31m\r\u2028" + "y".repeat(1000)).getBytes(StandardCharsets.UTF_8);
		for (int status : List.of(400, 500, 503)) {
			this.receiver.reply((request) -> Reply.status(status).body(text));
			TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> sink.emitAll(events(1)));
			assertThat(failure.getMessage()).contains("answered " + status + ": x SEVERE: FAKE").matches("[ -~]*");
			assertThat(failure.getMessage().length()).isLessThan(300);
		}
	}

	@ParameterizedTest
	@EnumSource
	void bombInAnAnswerIsNotUnpacked(Receiver kind) throws Exception {
		TelemetrySink sink = make(kind);
		byte[] bomb = gzip(64 * 1024 * 1024);
		for (int status : List.of(200, 400, 503)) {
			this.receiver.reply((request) -> new Reply(status, Map.of("Content-Encoding", "gzip"), bomb));
			TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> sink.emitAll(events(1)));
			if (status == 200 && kind == Receiver.JSON) {
				assertThat(failure).as("our own format asks for no body in particular").isNull();
			}
			else {
				assertThat(failure.getMessage().length()).isLessThan(300);
			}
		}
	}

	private static byte[] gzip(int zeros) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream out = new GZIPOutputStream(bytes)) {
			byte[] block = new byte[64 * 1024];
			for (int written = 0; written < zeros; written += block.length) {
				out.write(block);
			}
		}
		return bytes.toByteArray();
	}

	static Stream<Arguments> pages() {
		String page = "<!DOCTYPE html><html><body>Welcome to the guest network</body></html>";
		return forEachReceiver(Stream.of(Arguments.of("text/html", page),
				Arguments.of("text/html; charset=utf-8", page), Arguments.of("TEXT/HTML", "Sign in"),
				Arguments.of("application/xhtml+xml", "<html/>"), Arguments.of("text/plain", page),
				Arguments.of("application/json", page), Arguments.of("application/x-protobuf", page),
				Arguments.of("", page), Arguments.of("", "\ufeff \r\n<!-- portal --><HTML>x</HTML>")));
	}

	@ParameterizedTest
	@MethodSource("pages")
	void pageForPeopleIsNoAcknowledgement(Receiver kind, String mediaType, String page) throws TelemetryException {
		Map<String, String> fields = mediaType.isEmpty() ? Map.of() : Map.of("Content-Type", mediaType);
		TelemetrySink sink = make(kind);
		for (int status : List.of(200, 201, 202, 203, 206)) {
			this.receiver.reply((request) -> new Reply(status, fields, page.getBytes(StandardCharsets.UTF_8)));
			TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> sink.emitAll(events(3)));
			assertThat(failure).isNotNull();
			assertThat(failure.reaction()).isEqualTo(Reaction.HOLD);
			assertThat(failure.settled()).isZero();
			assertThat(failure).hasMessageContaining("answered " + status + " with a web page")
				.hasMessageContaining("'" + kind.prefix() + ".endpoint'");
		}
	}

	@ParameterizedTest
	@EnumSource
	void pageForPeopleCostsNoEventAndTheReceiverBehindItGetsThem(Receiver kind) throws TelemetryException {
		this.receiver.reply((request) -> new Reply(200, Map.of("Content-Type", "text/html"),
				"<html>Sign in</html>".getBytes(StandardCharsets.US_ASCII)));
		try (HandDrivenLane lane = new HandDrivenLane(make(kind))) {
			lane.deliver(events(100));
			lane.advance(Duration.ofHours(1));
			assertThat(lane.status().delivered()).isZero();
			assertThat(lane.problems()).hasSize(1);
			this.receiver.reply((request) -> Reply.status(200));
			lane.advance(Duration.ofMinutes(6));
			assertThat(lane.status().delivered()).isEqualTo(100);
			assertThat(lane.problems()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void successWithoutABodyIsAnAcknowledgementWhateverItCallsItself(Receiver kind) throws TelemetryException {
		TelemetrySink sink = make(kind);
		for (int status : List.of(200, 201, 202, 204)) {
			for (String mediaType : List.of("text/html", "text/plain", "application/json", "image/png")) {
				this.receiver.reply((request) -> Reply.status(status).header("Content-Type", mediaType));
				assertThat(catchThrowableOfType(TelemetryException.class, () -> sink.emitAll(events(1)))).isNull();
			}
		}
	}

	static Stream<Arguments> acknowledgements() {
		return Stream.of(Arguments.of(Receiver.JSON, 200, "application/json", "{\"ok\":true}", null),
				Arguments.of(Receiver.JSON, 200, "text/plain", "OK", null),
				Arguments.of(Receiver.JSON, 202, "application/xml", "<ok/>", null),
				Arguments.of(Receiver.OTLP, 200, "application/x-protobuf", "\n\0", null),
				Arguments.of(Receiver.OTLP, 200, "application/json", "{}", null),
				Arguments.of(Receiver.OTLP, 200, "application/json", "{\"partialSuccess\":{}}", null),
				Arguments.of(Receiver.OTLP, 200, "application/json; charset=utf-8", "[]", Reaction.HOLD),
				Arguments.of(Receiver.OTLP, 200, "text/plain", "OK", Reaction.HOLD),
				Arguments.of(Receiver.OTLP, 200, "", "OK", Reaction.HOLD),
				Arguments.of(Receiver.OTLP, 200, "application/x-protobuf", "\n\u007f", Reaction.HOLD),
				Arguments.of(Receiver.OTLP, 200, "application/x-protobuf", "\n\2\u0012\u007f", Reaction.HOLD),
				Arguments.of(Receiver.OTLP_TRACES, 200, "text/plain", "OK", Reaction.HOLD),
				Arguments.of(Receiver.POSTHOG, 200, "application/json", "{\"status\":\"Ok\"}", null),
				Arguments.of(Receiver.POSTHOG, 200, "application/json", "{\"status\":1}", null),
				Arguments.of(Receiver.POSTHOG, 200, "application/json", "{\"status\":1,\"quota_limited\":[]}", null),
				Arguments.of(Receiver.POSTHOG, 200, "application/json",
						"{\"status\":\"Ok\",\"quota_limited\":[\"events\"]}", Reaction.RETRY),
				Arguments.of(Receiver.POSTHOG, 200, "", "{\"quota_limited\":[\"recordings\",{\"a\":[1]}]}",
						Reaction.RETRY),
				Arguments.of(Receiver.POSTHOG, 200, "application/json", "{\"status\":0}", Reaction.HOLD),
				Arguments.of(Receiver.POSTHOG, 200, "text/plain", "OK", Reaction.HOLD),
				Arguments.of(Receiver.SEGMENT, 200, "application/json", "{\"success\": true}", null),
				Arguments.of(Receiver.SEGMENT, 200, "application/json", "{\"success\": false}", Reaction.HOLD),
				Arguments.of(Receiver.SEGMENT, 200, "text/plain", "OK", Reaction.HOLD),
				Arguments.of(Receiver.DATADOG, 202, "application/json", "{}", null),
				Arguments.of(Receiver.DATADOG, 202, "application/json", "{\"errors\":[]}", null), Arguments
					.of(Receiver.DATADOG, 202, "application/json", "{\"errors\":[{\"title\":\"x\"}]}", Reaction.HOLD),
				Arguments.of(Receiver.DATADOG, 202, "text/plain", "accepted", Reaction.HOLD));
	}

	@ParameterizedTest
	@MethodSource("acknowledgements")
	void bodyHasToBeOneOfTheProtocol(Receiver kind, int status, String mediaType, String body,
			@Nullable Reaction reaction) throws TelemetryException {
		Map<String, String> fields = mediaType.isEmpty() ? Map.of() : Map.of("Content-Type", mediaType);
		TelemetrySink sink = make(kind);
		this.receiver.reply((request) -> new Reply(status, fields, body.getBytes(StandardCharsets.ISO_8859_1)));
		TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> sink.emitAll(events(2)));
		assertThat((failure != null) ? failure.reaction() : null).as("%s", failure).isEqualTo(reaction);
		if (failure != null) {
			assertThat(failure.settled()).isZero();
			assertThat(failure).hasMessageContaining("answered " + status + " with ");
		}
	}

	@ParameterizedTest
	@EnumSource
	void bodyThatCannotBeDecompressedIsNoAcknowledgement(Receiver kind) throws TelemetryException {
		TelemetrySink sink = make(kind);
		for (String coding : List.of("gzip", "br", "zstd")) {
			this.receiver.reply((request) -> new Reply(200, Map.of("Content-Encoding", coding), new byte[] { 1, 2 }));
			TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> sink.emitAll(events(1)));
			assertThat(failure.reaction()).isEqualTo(Reaction.HOLD);
		}
	}

	@ParameterizedTest
	@EnumSource
	void compressedTextIsRead(Receiver kind) throws Exception {
		TelemetrySink sink = make(kind);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream out = new GZIPOutputStream(bytes)) {
			out.write("the field 'a' is missing".getBytes(StandardCharsets.US_ASCII));
		}
		this.receiver.reply((request) -> new Reply(400, Map.of("Content-Encoding", "gzip"), bytes.toByteArray()));
		TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> sink.emitAll(events(1)));
		assertThat(failure).hasMessageEndingWith("answered 400: the field 'a' is missing");
	}

	/** A sink that speaks HTTP. */
	enum Receiver {

		OTLP("telemetry", "headers",
				(http, name) -> new OtlpSinkFactory(new OtlpSettings(OtlpProtocol.HTTP_PROTOBUF, http,
						OtlpSignal.valueOf(name), OtlpResource.of("demo")), TlsSource.JAVA),
				"LOGS"),

		OTLP_TRACES("telemetry", "headers", OTLP.factory, "TRACES"),

		JSON("telemetry.http", "headers", (http, name) -> new HttpJsonSinkFactory(http, TlsSource.JAVA), ""),

		POSTHOG("telemetry.posthog", "api-key",
				(http, key) -> new PostHogSinkFactory(new VendorSettings(http, key), TlsSource.JAVA), "phc_SECRET-9f3"),

		SEGMENT("telemetry.segment", "write-key",
				(http, key) -> new SegmentSinkFactory(new VendorSettings(http, key), TlsSource.JAVA), "SECRET-9f3"),

		DATADOG("telemetry.datadog", "api-key",
				(http, key) -> new DatadogSinkFactory(new VendorSettings(http, key), TlsSource.JAVA), "SECRET-9f3");

		private final String prefix;

		private final String credentials;

		private final BiFunction<HttpSettings, String, TelemetrySinkFactory> factory;

		private final String name;

		Receiver(String prefix, String credentials, BiFunction<HttpSettings, String, TelemetrySinkFactory> factory,
				String name) {
			this.prefix = prefix;
			this.credentials = credentials;
			this.factory = factory;
			this.name = name;
		}

		String prefix() {
			return this.prefix;
		}

		String credentials() {
			return this.prefix + "." + this.credentials;
		}

		TelemetrySinkFactory factory(URI endpoint) {
			return this.factory.apply(new HttpSettings(endpoint, HttpHeaders.of(Map.of("x-api-key", "SECRET-9f3")),
					true, Duration.ofSeconds(30), this.prefix + ".endpoint"), this.name);
		}

	}

}
