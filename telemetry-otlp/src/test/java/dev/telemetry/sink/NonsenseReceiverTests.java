package dev.telemetry.sink;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.telemetry.delivery.HandDrivenLane;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.TelemetryException.Reaction;
import dev.telemetry.sink.http.HttpJsonSinkFactory;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.otlp.OtlpResource;
import dev.telemetry.sink.otlp.OtlpSettings;
import dev.telemetry.sink.otlp.OtlpSinkFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Whatever answers in place of a receiver: no attempt leaves a socket behind, none takes
 * longer than it may, and where trying again does not help, nobody tries each second.
 */
@Tag("exhaustive")
@Tag("F-03")
@Tag("F-05")
@Timeout(180)
class NonsenseReceiverTests {

	private static final int ATTEMPTS = 100;

	private static final int SPARE = 2;

	private static final Duration TIMEOUT = Duration.ofMillis(100);

	private static final EventOrigin ORIGIN = EventOrigin.of("demo-app", "1.0.0");

	private static TelemetrySink sink(URI endpoint, Duration timeout) throws TelemetryException {
		HttpSettings settings = new HttpSettings(endpoint, HttpHeaders.NONE, true, timeout, "telemetry.http.endpoint");
		return new HttpJsonSinkFactory(settings, TlsSource.JAVA).create(new SinkSession(ORIGIN, "actuator"));
	}

	private static Event event() {
		return Event.builder("a").origin(ORIGIN).timestamp(Instant.EPOCH).build();
	}

	@ParameterizedTest
	@EnumSource
	@EnabledOnOs(OS.LINUX)
	void noAttemptLeavesASocketBehind(Nonsense kind) throws Exception {
		try (RawReceiver receiver = new RawReceiver(kind.script())) {
			TelemetrySink sink = sink(receiver.uri(kind.scheme()), timeout(kind));
			int before = OpenSockets.count();
			for (int i = 0; i < ATTEMPTS; i++) {
				@Nullable TelemetryException failure = emit(sink);
				assertThat((failure != null) ? failure.reaction() : null).as("%s: %s", kind, failure)
					.isEqualTo(kind.reaction());
			}
			await("the server's side of " + kind).atMost(Duration.ofSeconds(20))
				.until(() -> receiver.open() <= SPARE / 2);
			assertThat(OpenSockets.count()).isLessThanOrEqualTo(before + SPARE);
			sink.close();
			await("the end of the last connection").atMost(Duration.ofSeconds(20)).until(() -> receiver.open() == 0);
			assertThat(OpenSockets.count()).isLessThanOrEqualTo(before);
		}
	}

	@ParameterizedTest
	@EnumSource
	@EnabledOnOs(OS.LINUX)
	void noCallOfGrpcLeavesASocketBehindOrCostsAnEvent(Nonsense kind) throws Exception {
		try (RawReceiver receiver = new RawReceiver(kind.script())) {
			URI endpoint = URI.create(kind.scheme() + "://" + receiver.uri("http").getAuthority());
			HttpSettings http = new HttpSettings(endpoint, HttpHeaders.NONE, true, TIMEOUT, "telemetry.endpoint");
			TelemetrySink sink = new OtlpSinkFactory(
					new OtlpSettings(OtlpProtocol.GRPC, http, OtlpSignal.LOGS, OtlpResource.of("demo")), TlsSource.JAVA)
				.create(new SinkSession(ORIGIN, "actuator"));
			emit(sink);
			int before = OpenSockets.count() - receiver.open();
			for (int i = 0; i < ATTEMPTS / 4; i++) {
				@Nullable TelemetryException failure = emit(sink);
				assertThat(failure).isNotNull();
				assertThat(failure.reaction()).as("%s", failure).isIn(Reaction.RETRY, Reaction.HOLD);
			}
			sink.close();
			await("the end of the connections").atMost(Duration.ofSeconds(20)).until(() -> receiver.open() == 0);
			await("the client's side of them").atMost(Duration.ofSeconds(20))
				.until(() -> OpenSockets.count() <= before + SPARE);
		}
	}

	/** Only those that wait for the limit need a short one. */
	private static Duration timeout(Nonsense kind) {
		return switch (kind) {
			case SILENT, STOPS_IN_THE_ANSWER, SLOW_DRIP_OF_THE_HEAD, SLOW_DRIP_OF_THE_BODY -> TIMEOUT;
			default -> Duration.ofSeconds(60);
		};
	}

	private static @Nullable TelemetryException emit(TelemetrySink sink) {
		return catchThrowableOfType(TelemetryException.class, () -> sink.emit(event()));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void socketsThatAreLeftBehindAreSeen() throws Exception {
		Set<String> before = OpenSockets.names();
		List<Socket> leaked = new ArrayList<>();
		try (ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
			for (int i = 0; i < ATTEMPTS; i++) {
				leaked.add(new Socket(server.getInetAddress(), server.getLocalPort()));
			}
			// Those of other tests may end meanwhile
			Set<String> opened = OpenSockets.names();
			opened.removeAll(before);
			assertThat(opened).hasSizeGreaterThanOrEqualTo(ATTEMPTS);
		}
		finally {
			for (Socket socket : leaked) {
				socket.close();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.INCLUDE,
			names = { "SSH_BANNER", "PLAIN_HTML", "STATUS_999", "BROKEN_GZIP", "PLAIN_WHERE_TLS_IS_EXPECTED" })
	void receiverThatCannotBeUnderstoodIsAskedNowAndThenAndCostsNoEvent(Nonsense kind) throws Exception {
		try (RawReceiver receiver = new RawReceiver(kind.script());
				HandDrivenLane lane = new HandDrivenLane(sink(receiver.uri(kind.scheme()), Duration.ofSeconds(60)))) {
			lane.deliver(List.of(event(), event(), event()));
			for (int second = 0; second < 3600; second++) {
				lane.advance(Duration.ofSeconds(1));
			}
			assertThat(receiver.connections()).isBetween(10, 20);
			assertThat(lane.status().dropped()).isEmpty();
			assertThat(lane.problems()).singleElement()
				.satisfies((problem) -> assertThat(problem.problem()).contains("'telemetry.http.endpoint'"));
		}
	}

	@Test
	void receiverThatIsOnlyBrokenIsTriedMoreOften() throws Exception {
		try (RawReceiver receiver = new RawReceiver(Nonsense.CLOSED_AT_ONCE.script());
				HandDrivenLane lane = new HandDrivenLane(sink(receiver.uri("http"), Duration.ofSeconds(60)))) {
			lane.deliver(List.of(event()));
			for (int second = 0; second < 3600; second++) {
				lane.advance(Duration.ofSeconds(1));
			}
			assertThat(receiver.connections()).isBetween(50, 90);
			assertThat(lane.status().dropped()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.INCLUDE,
			names = { "SILENT", "STOPS_IN_THE_ANSWER", "SLOW_DRIP_OF_THE_HEAD", "SLOW_DRIP_OF_THE_BODY" })
	void limitHoldsFromTheFirstStepToTheLastByte(Nonsense kind) throws Exception {
		try (RawReceiver receiver = new RawReceiver(kind.script())) {
			TelemetrySink sink = sink(receiver.uri("http"), Duration.ofMillis(500));
			long begin = System.nanoTime();
			TelemetryException failure = emit(sink);
			Duration took = Duration.ofNanos(System.nanoTime() - begin);
			sink.close();
			assertThat(failure).hasMessageStartingWith("no answer from 127.0.0.1:").hasMessageEndingWith(" in time");
			assertThat(failure.reaction()).isEqualTo(Reaction.RETRY);
			assertThat(took).isBetween(Duration.ofMillis(450), Duration.ofSeconds(5));
		}
	}

}
