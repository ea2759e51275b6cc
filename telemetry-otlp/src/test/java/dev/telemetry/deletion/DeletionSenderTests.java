package dev.telemetry.deletion;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.sink.otlp.FakeCollector.Reply;
import dev.telemetry.sink.otlp.FakeCollector.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link DeletionSender} against a real server. */
class DeletionSenderTests {

	private final FakeCollector server = new FakeCollector();

	private final HttpDeletionRequestor requestor = new HttpDeletionRequestor(this.server.uri("/deletion"));

	@TempDir
	private Path directory;

	@AfterEach
	void stop() {
		this.requestor.release();
		this.server.close();
	}

	@Test
	void runWhenServerIsDownKeepsAllAndSendsEachOnceLater() throws IOException {
		this.server.reply((request) -> Reply.status(503));
		DeletionFixture before = fixture().store("a1", "b2", "c3");
		before.sender.runOnce();
		assertThat(before.waiting()).containsExactly("a1", "b2", "c3");
		List<DeletionRequest> stored = before.outbox.waiting();
		int failed = this.server.requests().size();
		this.server.reply((request) -> Reply.status(202));
		DeletionFixture after = fixture();
		assertThat(after.sender.runOnce()).isEqualTo(DeletionSender.NEVER);
		List<Request> sent = this.server.requests().subList(failed, failed + 3);
		assertThat(this.server.requests()).hasSize(failed + 3);
		assertThat(sent).extracting((request) -> new String(request.body(), StandardCharsets.UTF_8))
			.containsExactlyElementsOf(stored.stream()
				.map((request) -> "{\"machine_id\":\"" + request.machineId() + "\",\"request_id\":\""
						+ request.requestId() + "\",\"tool\":\"demo-app\"}")
				.toList());
		assertThat(sent).extracting((request) -> request.headers().getFirst("Idempotency-Key"))
			.containsExactlyElementsOf(stored.stream().map((request) -> request.requestId().toString()).toList());
		assertThat(after.waiting()).isEmpty();
		assertThat(after.outbox.result().outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
		assertThat(after.outbox.result().count()).isEqualTo(3);
		assertThat(after.sender.lastError()).isNull();
	}

	@Test
	void runWhenItFailsWaitsLongerEachTimeUpToAnHour() throws IOException {
		this.server.reply((request) -> Reply.status(500));
		DeletionFixture fixture = fixture().store("a1");
		List<Long> waits = new ArrayList<>();
		for (int attempt = 1; attempt <= 16; attempt++) {
			long wait = fixture.sender.runOnce();
			assertThat(this.server.requests()).hasSize(attempt);
			fixture.nanos.addAndGet(wait - 1);
			assertThat(fixture.sender.runOnce()).isEqualTo(1);
			assertThat(this.server.requests()).hasSize(attempt);
			fixture.nanos.incrementAndGet();
			waits.add(wait);
		}
		assertThat(waits.get(0)).isBetween(Duration.ofMillis(800).toNanos(), Duration.ofMillis(1200).toNanos());
		assertThat(waits.get(15)).isBetween(Duration.ofMinutes(48).toNanos(), Duration.ofMinutes(72).toNanos());
	}

	@Test
	void runWhenServerAsksToWaitDoes() throws IOException {
		this.server.reply((request) -> Reply.status(429).header("Retry-After", "600"));
		DeletionFixture fixture = fixture().store("a1");
		assertThat(fixture.sender.runOnce()).isEqualTo(Duration.ofMinutes(10).toNanos());
		fixture.sender.hurry();
		fixture.pass(Duration.ofMinutes(10).minusNanos(1));
		assertThat(fixture.sender.runOnce()).isEqualTo(1);
		assertThat(this.server.requests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308, 400, 401, 403, 404, 410, 422 })
	void runWhenRefusedHoldsAndTellsUntilSomebodyAsksAgain(int status) throws IOException {
		try (FakeCollector other = new FakeCollector()) {
			this.server.reply((request) -> Reply.status(status).header("Location", other.uri("/").toString()));
			DeletionFixture fixture = fixture().store("a1");
			assertThat(fixture.sender.runOnce()).isEqualTo(DeletionSender.NEVER);
			fixture.pass(Duration.ofDays(1));
			assertThat(fixture.sender.runOnce()).isEqualTo(DeletionSender.NEVER);
			assertThat(this.server.requests()).hasSize(1);
			assertThat(other.requests()).isEmpty();
			assertThat(fixture.waiting()).containsExactly("a1");
			assertThat(fixture.problems.list()).singleElement()
				.extracting(Problem::problem)
				.asString()
				.contains("localhost answered " + status);
			this.server.reply((request) -> Reply.status(200));
			fixture.sender.hurry();
			assertThat(fixture.sender.runOnce()).isEqualTo(DeletionSender.NEVER);
			assertThat(fixture.waiting()).isEmpty();
			assertThat(fixture.problems.list()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 408, 425, 429, 500, 502, 503, 504 })
	void runWhenItMayPassTriesAgain(int status) throws IOException {
		this.server.reply((request) -> Reply.status(status));
		DeletionFixture fixture = fixture().store("a1");
		fixture.pass(Duration.ofNanos(fixture.sender.runOnce()));
		this.server.reply((request) -> Reply.status(204));
		assertThat(fixture.sender.runOnce()).isEqualTo(DeletionSender.NEVER);
		assertThat(fixture.waiting()).isEmpty();
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void runWhenOneIsRefusedGoesOnWithTheOthers() throws IOException {
		this.server.reply((request) -> Reply.status(this.server.requests().size() == 1 ? 400 : 200));
		DeletionFixture fixture = fixture().store("a1", "b2");
		fixture.sender.runOnce();
		assertThat(fixture.waiting()).containsExactly("a1");
		assertThat(fixture.sender.lastError()).isEqualTo("localhost answered 400");
		assertThat(fixture.problems.list()).hasSize(1);
	}

	@Test
	void runWhenAnotherProcessWasFasterSendsNothing() throws IOException {
		DeletionFixture slow = fixture().store("a1");
		DeletionFixture fast = fixture();
		assertThat(slow.waiting()).isEqualTo(fast.waiting());
		fast.sender.runOnce();
		slow.sender.runOnce();
		assertThat(this.server.requests()).hasSize(1);
		assertThat(slow.outbox.result()).isEqualTo(fast.outbox.result());
	}

	@Test
	void runWhenItCannotBeToldWhatForbidsSendsNothing() throws IOException {
		DeletionFixture fixture = fixture().store("a1");
		DeletionSender sender = new DeletionSender(fixture.outbox, this.requestor, () -> {
			throw new IllegalStateException("s3cret");
		}, fixture.problems, DeliveryRuntime.system());
		assertThat(sender.runOnce()).isEqualTo(DeletionSender.NEVER);
		assertThat(sender.lastError()).startsWith("held back: it cannot be told").doesNotContain("s3cret");
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void runWhenSendingIsForbiddenSendsNothingUntilItIsNot() throws IOException {
		DeletionFixture fixture = fixture().store("a1");
		fixture.hold = "DO_NOT_TRACK is '1'";
		assertThat(fixture.sender.runOnce()).isEqualTo(DeletionSender.NEVER);
		assertThat(fixture.sender.lastError()).isEqualTo("held back: DO_NOT_TRACK is '1'");
		assertThat(this.server.requests()).isEmpty();
		fixture.hold = null;
		fixture.sender.runOnce();
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void runWhenSendingIsForbiddenInBetweenStopsThere() throws IOException {
		DeletionFixture fixture = fixture().store("a1", "b2");
		this.server.reply((request) -> {
			fixture.hold = "telemetry.enabled is 'false'";
			return Reply.status(200);
		});
		assertThat(fixture.sender.runOnce()).isEqualTo(DeletionSender.NEVER);
		assertThat(this.server.requests()).hasSize(1);
		assertThat(fixture.waiting()).containsExactly("b2");
	}

	@Test
	void hurryWithinAMinuteOfTheLastAttemptWaitsForIt() throws IOException {
		DeletionFixture fixture = fixture().store("a1");
		fixture.sender.hurry();
		fixture.sender.runOnce();
		assertThat(this.server.requests()).hasSize(1);
		fixture.store("b2");
		fixture.sender.hurry();
		assertThat(fixture.sender.runOnce()).isEqualTo(Duration.ofMinutes(1).toNanos());
		fixture.pass(Duration.ofMinutes(1).minusNanos(1));
		assertThat(fixture.sender.runOnce()).isEqualTo(1);
		assertThat(this.server.requests()).hasSize(1);
		fixture.pass(Duration.ofNanos(1));
		fixture.sender.runOnce();
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void hurryAfterAMinuteSkipsALongWait() throws IOException {
		this.server.reply((request) -> Reply.status(500));
		DeletionFixture fixture = fixture().store("a1");
		long wait = 0;
		for (int i = 0; i < 12; i++) {
			fixture.nanos.addAndGet(wait);
			wait = fixture.sender.runOnce();
		}
		assertThat(wait).isGreaterThan(Duration.ofMinutes(20).toNanos());
		fixture.pass(Duration.ofMinutes(1));
		fixture.sender.hurry();
		fixture.sender.runOnce();
		assertThat(this.server.requests()).hasSize(13);
	}

	@Test
	void runWhenItSucceedsWaitsNoLongerThanAtFirst() throws IOException {
		this.server.reply((request) -> Reply.status(503));
		DeletionFixture fixture = fixture().store("a1");
		for (int attempt = 1; attempt <= 6; attempt++) {
			fixture.pass(Duration.ofNanos(fixture.sender.runOnce()));
		}
		this.server.reply((request) -> Reply.status(200));
		assertThat(fixture.sender.runOnce()).isEqualTo(DeletionSender.NEVER);
		this.server.reply((request) -> Reply.status(503));
		fixture.store("b2");
		assertThat(fixture.sender.runOnce()).isBetween(Duration.ofMillis(800).toNanos(),
				Duration.ofMillis(1200).toNanos());
		assertThat(fixture.sender.lastAttempt()).isEqualTo(DeletionFixture.NOW);
	}

	@Test
	void runWhenTheOutboxCannotBeUsedTriesAgainLater() throws IOException {
		DeletionFixture fixture = fixture().store("a1");
		Path outbox = this.directory.resolve(DeletionOutbox.DIRECTORY);
		Files.move(outbox, this.directory.resolve("elsewhere"));
		Files.createFile(outbox);
		assertThat(fixture.sender.runOnce()).isPositive();
		assertThat(fixture.sender.lastError()).startsWith("the outbox cannot be used: ");
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void lastErrorIsNotToldWhenNothingWaits() throws Exception {
		DeletionRequestor broken = new DeletionRequestor() {

			@Override
			public DeletionAnswer request(DeletionRequest request) {
				return DeletionAnswer.acknowledged();
			}

			@Override
			public void release() {
				throw new IllegalStateException("secret");
			}

		};
		DeletionFixture fixture = new DeletionFixture(this.directory, broken).store("a1");
		DeletionRequests requests = fixture.requests(broken);
		requests.start();
		Patience.end(fixture.threads.get(0));
		assertThat(requests.status()).isNotNull();
		assertThat(requests.status().lastError()).isNull();
		assertThat(requests.status().lastAttempt()).isEqualTo(DeletionFixture.NOW);
		requests.send();
		assertThat(fixture.threads).as("nothing waits").hasSize(1);
		fixture.sender.release();
		assertThat(fixture.sender.lastError()).contains("IllegalStateException").doesNotContain("secret");
	}

	@Test
	void runWhenRequestorFailsSaysNotWhatItSaid() throws IOException {
		DeletionFixture fixture = new DeletionFixture(this.directory, (request) -> {
			throw new IllegalStateException("token=s3cret");
		}).store("a1");
		assertThat(fixture.sender.runOnce()).isPositive();
		assertThat(fixture.sender.lastError()).contains("IllegalStateException").doesNotContain("s3cret");
		assertThat(fixture.waiting()).containsExactly("a1");
	}

	private DeletionFixture fixture() {
		return new DeletionFixture(this.directory, this.requestor);
	}

}
