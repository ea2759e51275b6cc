package dev.telemetry.deletion;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import dev.telemetry.deletion.DeletionAnswer.Kind;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.sink.otlp.FakeCollector.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link HttpDeletionRequestor}. */
class HttpDeletionRequestorTests {

	private static final DeletionRequest REQUEST = new DeletionRequest("a1", new UUID(0, 7), "demo \"app\"\n");

	@Test
	void requestSaysNoMoreThanItMust() {
		try (FakeCollector server = new FakeCollector()) {
			HttpDeletionRequestor requestor = new HttpDeletionRequestor(server.uri("/deletion"));
			assertThat(requestor.request(REQUEST)).isEqualTo(DeletionAnswer.acknowledged());
			requestor.release();
			assertThat(server.requests()).singleElement().satisfies((request) -> {
				assertThat(request.method()).isEqualTo("POST");
				assertThat(request.path()).isEqualTo("/deletion");
				assertThat(request.body()).asString()
					.isEqualTo("{\"machine_id\":\"a1\",\"request_id\":\"00000000-0000-0000-0000-000000000007\","
							+ "\"tool\":\"demo \\\"app\\\"\\n\"}");
				assertThat(request.headers().keySet()).containsExactlyInAnyOrder("Content-length", "Content-type",
						"Host", "Idempotency-key", "User-agent");
			});
		}
	}

	@Test
	@Timeout(60)
	void requestWhenNobodyAnswersGivesUp() {
		CountDownLatch never = new CountDownLatch(1);
		try (FakeCollector server = new FakeCollector()) {
			server.reply((request) -> {
				awaitUnlessInterrupted(never);
				return Reply.status(200);
			});
			HttpDeletionRequestor requestor = new HttpDeletionRequestor(server.uri("/deletion"), Duration.ofMillis(50));
			assertThat(requestor.request(REQUEST).kind()).isEqualTo(Kind.LATER);
			requestor.release();
			never.countDown();
		}
	}

	@Test
	void requestWhenNobodyListensIsForLater() throws IOException {
		URI gone;
		try (FakeCollector server = new FakeCollector()) {
			gone = server.uri("/deletion");
		}
		HttpDeletionRequestor requestor = new HttpDeletionRequestor(gone);
		assertThat(requestor.request(REQUEST).kind()).isEqualTo(Kind.LATER);
		requestor.release();
	}

	@Test
	@Timeout(60)
	void requestWhenAnswerIsLargeDoesNotReadToItsEnd() {
		try (FakeCollector server = new FakeCollector()) {
			server.reply((request) -> Reply.status(200).body(new byte[64 * 1024 * 1024]));
			HttpDeletionRequestor requestor = new HttpDeletionRequestor(server.uri("/deletion"));
			assertThat(requestor.request(REQUEST).kind()).isEqualTo(Kind.ACKNOWLEDGED);
			requestor.release();
		}
	}

	@Test
	void pageForPeopleIsNoAcknowledgementAndIsTriedAgain() {
		try (FakeCollector server = new FakeCollector()) {
			HttpDeletionRequestor requestor = new HttpDeletionRequestor(server.uri("/deletion"));
			server.reply((request) -> Reply.status(200)
				.header("Content-Type", "text/html")
				.body("<html>Sign in</html>".getBytes(StandardCharsets.US_ASCII)));
			DeletionAnswer answer = requestor.request(REQUEST);
			assertThat(answer.kind()).isEqualTo(Kind.LATER);
			assertThat(answer.reason()).contains("answered 200 with a web page")
				.doesNotStartWith("localhost answered 200");
			server.reply((request) -> Reply.status(200).header("Content-Type", "text/html"));
			assertThat(requestor.request(REQUEST).kind()).isEqualTo(Kind.ACKNOWLEDGED);
			requestor.release();
		}
	}

	@ParameterizedTest
	@CsvSource({ "169.254.169.254", "169.254.0.1", "[fe80::1]", "[fd00:ec2::254]", "[::ffff:169.254.169.254]" })
	void requestWhenAddressIsLinkLocalRefuses(String host) {
		DeletionAnswer answer = new HttpDeletionRequestor(URI.create("https://" + host + "/x")).request(REQUEST);
		assertThat(answer.kind()).isEqualTo(Kind.REFUSED);
		assertThat(answer.reason()).contains("is an address of this link");
	}

	@Test
	void linkLocalIsNotAnyAddress() throws IOException {
		for (String other : List.of("127.0.0.1", "10.0.0.1", "192.0.2.1", "::1", "fd00:ec2::253", "2001:db8::1")) {
			assertThat(CloudMetadataAddresses.isAnyOf(InetAddress.getByName(other))).as(other).isFalse();
		}
	}

	@Test
	@Timeout(60)
	void releaseEndsItsThreads() throws InterruptedException {
		try (FakeCollector server = new FakeCollector()) {
			HttpDeletionRequestor requestor = new HttpDeletionRequestor(server.uri("/deletion"));
			List<Thread> before = threads();
			requestor.request(REQUEST);
			List<Thread> threads = threads();
			threads.removeAll(before);
			assertThat(threads).isNotEmpty();
			requestor.release();
			for (Thread thread : threads) {
				Patience.end(thread);
			}
			assertThat(requestor.request(REQUEST).kind()).isEqualTo(Kind.ACKNOWLEDGED);
			requestor.release();
		}
	}

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("telemetry-http"))
			.collect(Collectors.toCollection(ArrayList::new));
	}

	private static void awaitUnlessInterrupted(CountDownLatch latch) {
		try {
			Patience.await("the end of the test", latch);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
