package dev.telemetry.sink.otlp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

import dev.telemetry.event.Event;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Reaction;
import dev.telemetry.sink.otlp.FakeCollector.Reply;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Tests for what each answer of a receiver means (F-05 to F-08, T-03, T-11). */
@Tag("F-05")
@Tag("F-08")
@Tag("T-03")
@Tag("T-11")
class OtlpAnswerTests {

	private final FakeCollector collector = new FakeCollector();

	private final OtlpSink sink = OtlpFixture.sink(this.collector, OtlpSignal.LOGS, true);

	@AfterEach
	void close() {
		this.sink.close();
		this.collector.close();
	}

	private TelemetryException failure(int events, Reply reply) {
		this.collector.reply((request) -> reply);
		List<Event> batch = OtlpFixture.events(events, 10);
		TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> this.sink.emitAll(batch));
		assertThat(failure).as("answer %d", reply.status()).isNotNull();
		return failure;
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 202, 204 })
	void successIsTheAcknowledgement(int status) {
		this.collector.reply((request) -> Reply.status(status));
		assertThatNoException().isThrownBy(() -> this.sink.emitAll(OtlpFixture.events(3, 10)));
		assertThat(this.collector.logRecords()).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(ints = { 408, 429, 500, 502, 503, 504, 599 })
	void temporaryAnswerIsRetryable(int status) {
		TelemetryException failure = failure(2, Reply.status(status));
		assertThat(failure.retryable()).isTrue();
		assertThat(failure.retryAfter()).isNull();
		assertThat(failure.settled()).isZero();
		assertThat(failure).hasMessageContaining("localhost:").hasMessageContaining("answered " + status);
		assertThat(this.collector.requests()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "301,redirect", "302,redirect", "303,redirect", "307,redirect", "308,redirect",
			"401,telemetry.headers", "403,telemetry.headers", "407,telemetry.headers", "404,telemetry.endpoint",
			"405,telemetry.endpoint", "415,telemetry.endpoint", "501,telemetry.endpoint" })
	void misconfigurationHoldsAndSaysWhatToMend(int status, String hint) {
		TelemetryException failure = failure(2, Reply.status(status));
		assertThat(failure.reaction()).isEqualTo(Reaction.HOLD);
		assertThat(failure).hasMessageContaining(hint);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 402, 413, 422 })
	void permanentAnswerToOneEventIsNotRetryable(int status) {
		TelemetryException failure = failure(1, Reply.status(status));
		assertThat(failure.reaction()).isEqualTo(Reaction.BISECT);
		assertThat(failure.suspects()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void redirectIsNotFollowed(int status) {
		try (FakeCollector other = new FakeCollector()) {
			failure(2, Reply.status(status).header("Location", other.uri("/v1/logs").toString()));
			assertThat(other.requests()).isEmpty();
			assertThat(this.collector.requests()).hasSize(1);
		}
	}

	@Test
	void failureAfterPartOfASplitBatchStatesHowFarItCame() {
		List<Event> batch = OtlpFixture.events(512, 400);
		this.collector.reply((request) -> Reply.status((this.collector.requests().size() == 1) ? 200 : 503));
		TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> this.sink.emitAll(batch));
		assertThat(failure.retryable()).isTrue();
		int first = this.collector.requests().get(0).logs().getResourceLogs(0).getScopeLogs(0).getLogRecordsCount();
		assertThat(failure.settled()).isEqualTo(first).isBetween(1, 511);
	}

	@Test
	void partialSuccessIsCountedAndNotRetryable() {
		TelemetryException failure = failure(3, Reply.status(200).body(partial(2, "no\r\nSEVERE: FAKE\u001b[31m")));
		assertThat(failure.retryable()).isFalse();
		assertThat(failure.settled()).isEqualTo(3);
		assertThat(failure.rejected()).isEqualTo(2);
		assertThat(failure.getMessage()).contains("rejected 2 of 3 events: no  SEVERE: FAKE").matches("[ -~]*");
		assertThat(this.collector.requests()).hasSize(1);
	}

	@Test
	void partialSuccessThatOverstatesIsCutToWhatWasSent() {
		TelemetryException failure = failure(3, Reply.status(200).body(partial(Long.MAX_VALUE, "")));
		assertThat(failure.rejected()).isEqualTo(3);
	}

	@Test
	void warningWithoutRejectionIsAnAcknowledgement() {
		this.collector.reply((request) -> Reply.status(200).body(partial(0, "slow down")));
		assertThatNoException().isThrownBy(() -> this.sink.emitAll(OtlpFixture.events(3, 10)));
	}

	private static byte[] partial(long rejected, String message) {
		return ExportLogsServiceResponse.newBuilder()
			.setPartialSuccess(
					ExportLogsPartialSuccess.newBuilder().setRejectedLogRecords(rejected).setErrorMessage(message))
			.build()
			.toByteArray();
	}

	@ParameterizedTest
	@ValueSource(strings = { "rejectedLogRecords", "rejectedSpans" })
	void partialSuccessInJsonIsCountedAsWell(String member) {
		for (String number : List.of("2", "\"2\"")) {
			String body = "{\"partialSuccess\":{\"" + member + "\":" + number + ",\"errorMessage\":\"no\"}}";
			TelemetryException failure = failure(3,
					Reply.status(200)
						.header("Content-Type", "application/json")
						.body(body.getBytes(StandardCharsets.US_ASCII)));
			assertThat(failure.settled()).isEqualTo(3);
			assertThat(failure.rejected()).isEqualTo(2);
			assertThat(failure).hasMessageEndingWith("rejected 2 of 3 events: no");
		}
	}

	@Test
	void garbageWithSuccessIsNoAcknowledgement() {
		for (String garbage : List.of("<html>hello</html>", "OK", "\1\2\3")) {
			TelemetryException failure = failure(3,
					Reply.status(200).body(garbage.getBytes(StandardCharsets.US_ASCII)));
			assertThat(failure.reaction()).isEqualTo(Reaction.HOLD);
			assertThat(failure.settled()).isZero();
		}
	}

	@Test
	void serverTextIsFilteredAndCut() {
		String text = "bad\u001b[31m\r\nline\u2028" + "x".repeat(1000);
		TelemetryException failure = failure(1, Reply.status(400).body(text.getBytes(StandardCharsets.UTF_8)));
		assertThat(failure.getMessage()).contains("answered 400: bad [31m  line").matches("[ -~]*");
		assertThat(failure.getMessage().length()).isLessThan(300);
	}

	@Test
	void openTelemetryLogsNothingOfAFailure() {
		Logger root = Logger.getLogger("");
		List<String> seen = Collections.synchronizedList(new ArrayList<>());
		Handler handler = new StreamHandler() {

			@Override
			public void publish(LogRecord record) {
				seen.add(record.getLoggerName() + " " + record.getMessage());
			}

		};
		root.addHandler(handler);
		try {
			Logger.getLogger("io.opentelemetry.control").warning("control");
			failure(1, Reply.status(400).body("FAKE".getBytes(StandardCharsets.US_ASCII)));
			failure(1, Reply.status(503));
		}
		finally {
			root.removeHandler(handler);
		}
		assertThat(seen).filteredOn((line) -> line.startsWith("io.opentelemetry"))
			.containsExactly("io.opentelemetry.control control");
	}

	@Test
	void messagesNeverHoldHeaderValues() {
		for (int status : List.of(400, 401, 404, 500)) {
			assertThat(failure(1, Reply.status(status)).getMessage()).doesNotContain("SECRET");
		}
	}

	@Test
	void endlessAnswerIsReadToItsLimitOnly() {
		TelemetryException failure = failure(1, Reply.status(503).body(new byte[8 * 1024 * 1024]));
		assertThat(failure).hasMessageContaining("answered 503");
	}

	@Test
	void retryAfterReachesTheLane() {
		assertThat(failure(1, Reply.status(429).header("Retry-After", "7")).retryAfter())
			.isEqualTo(Duration.ofSeconds(7));
		assertThat(failure(1, Reply.status(503).header("Retry-After", "7")).retryAfter())
			.isEqualTo(Duration.ofSeconds(7));
	}

}
