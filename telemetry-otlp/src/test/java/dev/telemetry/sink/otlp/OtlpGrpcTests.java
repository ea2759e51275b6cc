package dev.telemetry.sink.otlp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.telemetry.delivery.HandDrivenLane;
import dev.telemetry.event.Event;
import dev.telemetry.sdk.Patience;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Reaction;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.otlp.FakeGrpcCollector.Reply;
import dev.telemetry.sink.otlp.FakeGrpcCollector.Request;
import io.grpc.InsecureServerCredentials;
import io.grpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for OTLP over gRPC: requests, what each status means, and receivers that do not
 * answer (F-03 to F-08, F-23, F-34, T-03, T-09).
 */
@Tag("F-03")
@Tag("F-04")
@Tag("F-05")
@Tag("F-08")
@Tag("F-23")
@Tag("F-34")
@Tag("T-03")
@Tag("T-09")
@Timeout(120)
class OtlpGrpcTests {

	private FakeGrpcCollector collector;

	private OtlpSink sink;

	@BeforeEach
	void start() throws IOException {
		this.collector = new FakeGrpcCollector();
		this.sink = OtlpFixture.grpc(this.collector.uri(), OtlpSignal.LOGS, true);
	}

	@AfterEach
	void close() {
		this.sink.close();
		this.collector.close();
	}

	private TelemetryException failure(int events, Reply reply) {
		this.collector.reply((request) -> reply);
		return failure(this.sink, events);
	}

	private static TelemetryException failure(OtlpSink sink, int events) {
		List<Event> batch = OtlpFixture.events(events, 10);
		TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> sink.emitAll(batch));
		assertThat(failure).isNotNull();
		return failure;
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void requestIsACallWithTheConfiguredHeaders(boolean gzip) throws TelemetryException {
		OtlpSink sink = OtlpFixture.grpc(this.collector.uri(), OtlpSignal.LOGS, gzip);
		sink.emit(OtlpFixture.event("order.placed").build());
		sink.close();
		Request request = this.collector.requests().get(0);
		assertThat(request.method()).isEqualTo("opentelemetry.proto.collector.logs.v1.LogsService/Export");
		assertThat(request.header("x-api-key")).isEqualTo("SECRET-9f3");
		assertThat(request.header("user-agent")).startsWith("telemetry-spring-boot-starter");
		assertThat(request.header("grpc-encoding")).isEqualTo(gzip ? "gzip" : null);
		assertThat(request.logs()).singleElement()
			.satisfies((log) -> assertThat(log.getEventName()).isEqualTo("order.placed"));
	}

	@Test
	void spansGoToTheServiceForSpans() throws TelemetryException {
		OtlpSink sink = OtlpFixture.grpc(this.collector.uri(), OtlpSignal.TRACES, true);
		sink.emit(OtlpFixture.event("order.placed").build());
		sink.close();
		assertThat(this.collector.requests().get(0).method())
			.isEqualTo("opentelemetry.proto.collector.trace.v1.TraceService/Export");
		assertThat(this.collector.spans()).singleElement()
			.satisfies((span) -> assertThat(span.getName()).isEqualTo("demo-app.order.placed"));
	}

	@Test
	void probeIsARequestWithoutEvents() throws TelemetryException {
		assertThat(this.sink.probe()).isTrue();
		assertThat(this.collector.requests()).hasSize(1);
		assertThat(this.collector.logRecords()).isEmpty();
	}

	@Test
	void batchThatExceedsARequestIsSplitAndNothingIsLost() throws TelemetryException {
		OtlpSink sink = OtlpFixture.grpc(this.collector.uri(), OtlpSignal.LOGS, false);
		sink.emitAll(OtlpFixture.events(512, 1000));
		sink.close();
		assertThat(this.collector.requests()).hasSizeGreaterThan(1)
			.allSatisfy((request) -> assertThat(request.body().length).isLessThanOrEqualTo(64 * 1024));
		assertThat(this.collector.logRecords()).hasSize(512);
	}

	static Stream<Arguments> statuses() {
		return Stream.of(row(Reaction.HOLD, Status.UNAUTHENTICATED, Status.PERMISSION_DENIED, Status.UNIMPLEMENTED),
				row(Reaction.RETRY, Status.CANCELLED, Status.DEADLINE_EXCEEDED, Status.ABORTED, Status.OUT_OF_RANGE,
						Status.UNAVAILABLE, Status.DATA_LOSS),
				row(Reaction.BISECT, Status.UNKNOWN, Status.INVALID_ARGUMENT, Status.NOT_FOUND, Status.ALREADY_EXISTS,
						Status.RESOURCE_EXHAUSTED, Status.FAILED_PRECONDITION, Status.INTERNAL))
			.flatMap((row) -> row);
	}

	private static Stream<Arguments> row(Reaction reaction, Status... statuses) {
		return Stream.of(statuses).map((status) -> Arguments.of(status.getCode(), reaction));
	}

	@ParameterizedTest
	@MethodSource("statuses")
	void statusSaysWhatHelps(Status.Code code, Reaction reaction) {
		TelemetryException failure = failure(3, Reply.failed(code.toStatus().withDescription("no\u001b[31m\nFAKE")));
		assertThat(failure.reaction()).isEqualTo(reaction);
		assertThat(failure.settled()).isZero();
		assertThat(failure.suspects()).isEqualTo(3);
		assertThat(failure).hasMessageContaining("localhost:").hasMessageContaining("answered " + code);
		assertThat(failure.getMessage()).matches("[ -~]*").doesNotContain("SECRET");
		if (reaction == Reaction.HOLD) {
			assertThat(failure).hasMessageMatching(".*'telemetry\\.[a-z]+'.*");
		}
		assertThat(this.collector.requests()).hasSize(1);
	}

	@Test
	void exhaustedReceiverThatSaysWhenToComeBackIsRetriedThen() {
		TelemetryException failure = failure(1, Reply.failed(Status.RESOURCE_EXHAUSTED).details(retryInfo(7)));
		assertThat(failure.reaction()).isEqualTo(Reaction.RETRY);
		assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void unavailableReceiverThatSaysWhenToComeBackIsRetriedThen() {
		assertThat(failure(1, Reply.failed(Status.UNAVAILABLE).details(retryInfo(9))).retryAfter())
			.isEqualTo(Duration.ofSeconds(9));
	}

	@Test
	void detailsThatAreGarbageAreNoAdvice() {
		byte[] garbage = retryInfo(7);
		for (int cut = 1; cut < garbage.length; cut++) {
			byte[] part = java.util.Arrays.copyOf(garbage, cut);
			assertThat(failure(1, Reply.failed(Status.UNAVAILABLE).details(part)).reaction()).isEqualTo(Reaction.RETRY);
		}
	}

	/** A google.rpc.Status with a google.rpc.RetryInfo, whose classes are not here. */
	private static byte[] retryInfo(long seconds) {
		byte[] delay = com.google.protobuf.Duration.newBuilder().setSeconds(seconds).build().toByteArray();
		byte[] info = field(1, delay);
		Any any = Any.newBuilder()
			.setTypeUrl("type.googleapis.com/google.rpc.RetryInfo")
			.setValue(ByteString.copyFrom(info))
			.build();
		return field(3, any.toByteArray());
	}

	private static byte[] field(int number, byte[] content) {
		byte[] field = new byte[content.length + 2];
		field[0] = (byte) (number << 3 | 2);
		field[1] = (byte) content.length;
		System.arraycopy(content, 0, field, 2, content.length);
		return field;
	}

	@Test
	void partialSuccessIsCountedAndNotRetried() {
		ExportLogsPartialSuccess partial = ExportLogsPartialSuccess.newBuilder()
			.setRejectedLogRecords(2)
			.setErrorMessage("too old")
			.build();
		TelemetryException failure = failure(3,
				Reply.ok(ExportLogsServiceResponse.newBuilder().setPartialSuccess(partial).build().toByteArray()));
		assertThat(failure.settled()).isEqualTo(3);
		assertThat(failure.rejected()).isEqualTo(2);
		assertThat(failure).hasMessageContaining("rejected 2 of 3 events: too old");
	}

	@Test
	void eventThatIsRefusedIsFoundAmongTheOthers() throws Exception {
		this.collector
			.reply((request) -> Reply.failed(request.logs().anyMatch((log) -> log.getEventName().equals("poison"))
					? Status.INVALID_ARGUMENT : Status.OK));
		List<Event> events = new ArrayList<>(OtlpFixture.events(511, 10));
		events.add(300, OtlpFixture.event("poison").build());
		try (HandDrivenLane lane = new HandDrivenLane(this.sink)) {
			lane.deliver(events);
			assertThat(lane.rejected()).containsExactly(events.get(300));
			assertThat(lane.status().delivered()).isEqualTo(511);
		}
		assertThat(this.collector.requests()).hasSizeLessThanOrEqualTo(20);
	}

	@Test
	void answerThatIsTooLargeIsReadToItsLimitOnly() {
		assertThat(failure(1, Reply.ok(new byte[1024 * 1024])).getMessage()).matches("[ -~]*");
	}

	@Test
	void receiverThatComesBackIsReachedByTheNextRequest() throws Exception {
		int port = this.collector.port();
		this.sink.emit(OtlpFixture.event("before").build());
		this.collector.close();
		assertThat(failure(this.sink, 1).reaction()).isEqualTo(Reaction.RETRY);
		assertThat(failure(this.sink, 1)).hasMessageStartingWith("no connection to localhost:" + port + ": refused");
		this.collector = new FakeGrpcCollector(port, InsecureServerCredentials.create(), "http");
		assertThatNoException().isThrownBy(() -> this.sink.emit(OtlpFixture.event("after").build()));
		assertThat(this.collector.logRecords()).hasSize(1);
	}

	@Test
	void nameThatDoesNotResolveIsNamed() {
		OtlpSink lost = OtlpFixture.grpc(URI.create("http://collector.invalid:4317"), OtlpSignal.LOGS, true);
		TelemetryException failure = failure(lost, 1);
		lost.close();
		assertThat(failure).hasMessageStartingWith("the name of collector.invalid:4317 cannot be resolved");
		assertThat(failure.reaction()).isEqualTo(Reaction.RETRY);
	}

	@Test
	void receiverThatHangsTimesOut() {
		this.collector.reply((request) -> null);
		OtlpSink impatient = impatient(this.collector.uri());
		TelemetryException failure = failure(impatient, 1);
		impatient.close();
		assertThat(failure).hasMessageContaining("no answer from localhost:");
		assertThat(failure.reaction()).isEqualTo(Reaction.RETRY);
	}

	private static OtlpSink impatient(URI uri) {
		HttpSettings http = new HttpSettings(uri, HttpHeaders.NONE, true, Duration.ofMillis(300), "telemetry.endpoint");
		return OtlpFixture.sink(new OtlpSettings(OtlpProtocol.GRPC, http, OtlpSignal.LOGS, OtlpResource.of("demo")));
	}

	@Test
	void receiverThatSpeaksAnotherProtocolCostsNoEvent() throws Exception {
		try (FakeCollector http = new FakeCollector()) {
			OtlpSink lost = OtlpFixture.grpc(http.uri(""), OtlpSignal.LOGS, true);
			TelemetryException failure = failure(lost, 1);
			lost.close();
			assertThat(failure.reaction()).isNotEqualTo(Reaction.BISECT);
			assertThat(http.requests()).isEmpty();
		}
	}

	@Test
	void abortEndsTheCallInFlightAndBeginsNoOther() throws Exception {
		CountDownLatch arrived = new CountDownLatch(1);
		this.collector.reply((request) -> {
			arrived.countDown();
			return null;
		});
		CompletableFuture<TelemetryException> failed = CompletableFuture.supplyAsync(() -> failure(this.sink, 1));
		Patience.await("the call", arrived);
		this.sink.abort();
		assertThat(Patience.result("the failure of the call", failed)).hasMessageContaining("aborted");
		assertThat(failure(this.sink, 1)).hasMessageContaining("aborted");
		assertThat(this.collector.requests()).hasSize(1);
	}

	@Test
	void connectionIsClosedWithTheSink() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			OtlpSink impatient = impatient(URI.create("http://localhost:" + server.getLocalPort()));
			failure(impatient, 1);
			impatient.close();
			try (Socket connection = server.accept()) {
				connection.setSoTimeout(60_000);
				assertThat(connection.getInputStream().readAllBytes()).startsWith("PRI * HTTP/2.0".getBytes());
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void headerThatGrpcKeepsForBytesIsRefusedWithoutItsValue(OtlpSignal signal) {
		HttpSettings http = new HttpSettings(this.collector.uri(), HttpHeaders.of(Map.of("x-key-bin", "SECRET-9f3")),
				true, Duration.ofSeconds(1), "telemetry.endpoint");
		OtlpSinkFactory factory = new OtlpSinkFactory(
				new OtlpSettings(OtlpProtocol.GRPC, http, signal, OtlpResource.of("demo")), TlsSource.JAVA);
		assertThatExceptionOfType(TelemetryException.class)
			.isThrownBy(() -> factory.create(new SinkSession(OtlpFixture.ORIGIN, "actuator")))
			.withMessageContaining("-bin")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("SECRET"));
	}

}
