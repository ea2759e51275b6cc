package dev.telemetry.sink.otlp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.RawReceiver;
import dev.telemetry.sink.RawReceiver.Connection;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Reaction;
import dev.telemetry.sink.http.HttpSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Why there is no answer: each cause is provoked over both protocols, and has a text and
 * an action of its own. Those of TLS: {@link OtlpTlsTests}.
 */
@Tag("F-04")
@Tag("F-34")
@Timeout(120)
class ConnectionCausesTests {

	private static TelemetryException failure(OtlpProtocol protocol, String endpoint, Duration timeout)
			throws TelemetryException {
		HttpSettings http = new HttpSettings(URI.create(endpoint), HttpHeaders.NONE, true, timeout,
				"telemetry.endpoint");
		OtlpSink sink = OtlpFixture.sink(new OtlpSettings(protocol, http, OtlpSignal.LOGS, OtlpResource.of("demo")));
		TelemetryException failure = catchThrowableOfType(TelemetryException.class,
				() -> sink.emit(OtlpFixture.event("a").build()));
		sink.close();
		assertThat(failure).isNotNull();
		return failure;
	}

	private static void assertFailure(TelemetryException failure, Reaction reaction, String message) {
		assertThat(failure).hasMessage(message);
		assertThat(failure.reaction()).isEqualTo(reaction);
	}

	@ParameterizedTest
	@EnumSource
	void nameThatDoesNotResolve(OtlpProtocol protocol) throws Exception {
		assertFailure(failure(protocol, "http://collector.invalid:4318/", Duration.ofSeconds(60)), Reaction.RETRY,
				"the name of collector.invalid:4318 cannot be resolved; check 'telemetry.endpoint' and the name server");
	}

	@ParameterizedTest
	@EnumSource
	void portWhereNothingListens(OtlpProtocol protocol) throws Exception {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		assertFailure(failure(protocol, "http://127.0.0.1:" + port + "/", Duration.ofSeconds(60)), Reaction.RETRY,
				"no connection to 127.0.0.1:" + port + ": refused; nothing listens there");
	}

	/** No system connects to all of its neighbours at once. */
	@ParameterizedTest
	@EnumSource
	void addressThatCannotBeReached(OtlpProtocol protocol) throws Exception {
		assertFailure(failure(protocol, "http://255.255.255.255:4318/", Duration.ofSeconds(60)), Reaction.RETRY,
				"no connection to 255.255.255.255:4318: no route; check the network of this machine");
	}

	@ParameterizedTest
	@EnumSource
	void connectionThatIsNotAccepted(OtlpProtocol protocol) throws Exception {
		try (ServerSocket full = new ServerSocket(); Socket first = new Socket(); Socket second = new Socket()) {
			full.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
			// Nobody accepts: once the queue is full, a connect waits
			first.connect(full.getLocalSocketAddress());
			second.connect(full.getLocalSocketAddress());
			String address = "127.0.0.1:" + full.getLocalPort();
			assertFailure(failure(protocol, "http://" + address + "/", Duration.ofMillis(500)), Reaction.RETRY,
					"no connection to " + address + " in time; a firewall may drop what is sent there");
		}
	}

	@Test
	void answerThatDoesNotComeOverHttp() throws Exception {
		try (RawReceiver silent = new RawReceiver(Connection::drain)) {
			String address = silent.uri("http").getAuthority();
			assertFailure(failure(OtlpProtocol.HTTP_PROTOBUF, "http://" + address + "/", Duration.ofMillis(500)),
					Reaction.RETRY, "no answer from " + address + " in time");
		}
	}

	@Test
	void answerThatDoesNotComeOverGrpc() throws Exception {
		try (FakeGrpcCollector silent = new FakeGrpcCollector()) {
			silent.reply((request) -> null);
			String address = "localhost:" + silent.port();
			assertFailure(failure(OtlpProtocol.GRPC, "http://" + address + "/", Duration.ofSeconds(2)), Reaction.RETRY,
					"no answer from " + address + " in time");
		}
	}

	@ParameterizedTest
	@EnumSource
	void somethingElseThatAnswers(OtlpProtocol protocol) throws Exception {
		byte[] garbage = "ERR unknown command\r\n".repeat(20).getBytes(StandardCharsets.US_ASCII);
		try (RawReceiver other = new RawReceiver((connection) -> connection.say(garbage).drain())) {
			String address = other.uri("http").getAuthority();
			assertFailure(failure(protocol, "http://" + address + "/", Duration.ofSeconds(60)), Reaction.HOLD,
					"what answers at " + address
							+ " does not speak the protocol; check the scheme and the port of 'telemetry.endpoint'");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 201, 400, 413 })
	void pageForPeopleOverHttp2IsNoAnswerOfGrpc(int status) throws Exception {
		DisposableServer portal = HttpServer.create()
			.host("localhost")
			.port(0)
			.protocol(HttpProtocol.H2C)
			.handle((request, response) -> response.status(status)
				.header("content-type", "text/html")
				.sendString(Mono.just("<html>Sign in</html>")))
			.bindNow(Duration.ofSeconds(30));
		try {
			TelemetryException failure = failure(OtlpProtocol.GRPC, "http://localhost:" + portal.port() + "/",
					Duration.ofSeconds(60));
			assertThat(failure.reaction()).as("%s", failure).isEqualTo(Reaction.HOLD);
			assertThat(failure).hasMessageContaining("with something else than gRPC")
				.hasMessageContaining("'telemetry.endpoint'");
		}
		finally {
			portal.disposeNow(Duration.ofSeconds(30));
		}
	}

}
