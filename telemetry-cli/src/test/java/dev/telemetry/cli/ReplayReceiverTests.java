package dev.telemetry.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How {@code replay} deals with a receiver. */
class ReplayReceiverTests extends AbstractReplayTests {

	@Test
	void aReceiverThatAsksForPatienceGetsItAndThenEveryEventOnce() {
		AtomicInteger seen = new AtomicInteger();
		this.receiver.reply((request) -> (seen.incrementAndGet() == 2) ? new Receiver.Reply(429, "Retry-After", "30")
				: status(200));
		assertThat(this.home.replay().code()).isZero();
		assertThat(this.home.waited()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
		List<String> ids = this.receiver.ids();
		assertThat(ids).hasSizeGreaterThan(MANY);
		assertThat(ids.stream().distinct().toList()).isEqualTo(ReplayHome.ids(0, MANY));
		assertThat(this.receiver.requests().get(1).body()).isEqualTo(this.receiver.requests().get(2).body());
	}

	@Test
	void aReceiverThatStaysAwayIsTriedFiveTimes() {
		this.receiver.reply((request) -> status(503));
		Cli.Answer answer = this.home.replay();
		assertThat(answer.code()).isOne();
		assertThat(answer.out()).contains("0 events sent", "answered 503, 5 times in a row",
				"1000 events are left; go on with --since 2026-11-20T10:00:10Z");
		assertThat(this.receiver.requests()).hasSize(5);
	}

	@Test
	void nobodyWaitsForHours() {
		this.receiver.reply((request) -> new Receiver.Reply(503, "Retry-After", "1800"));
		assertThat(this.home.replay().out()).contains("asks to be left alone for 30 minutes");
		assertThat(this.receiver.requests()).hasSize(1);
		assertThat(this.home.waited()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "401, check 'telemetry.http.headers'", "404, check the path of 'telemetry.http.endpoint'",
			"302, a redirect" })
	void whatHasToBeMendedStopsItAtOnceAndSaysHow(int status, String action) throws IOException {
		try (Receiver elsewhere = new Receiver()) {
			AtomicInteger seen = new AtomicInteger();
			this.receiver.reply((request) -> (seen.incrementAndGet() == 1) ? status(200)
					: new Receiver.Reply(status, "Location", elsewhere.address()));
			Cli.Answer answer = this.home.replay();
			assertThat(answer.code()).isOne();
			int sent = this.receiver.requests().get(0).ids().size();
			assertThat(answer.out()).contains(sent + " events sent", "answered " + status, action,
					"go on with --since " + ReplayHome.YES.plusSeconds(10 + sent));
			assertThat(this.receiver.requests()).hasSize(2);
			assertThat(elsewhere.requests()).isEmpty();
		}
	}

	@Test
	void anEventThatIsRefusedTakesNoOtherWithIt() {
		String bad = ReplayHome.id(3);
		this.receiver.reply((request) -> status(request.ids().contains(bad) ? 400 : 200));
		Cli.Answer answer = this.home.replay();
		assertThat(answer.code()).isOne();
		assertThat(answer.out()).contains("999 events sent", "refused for good by the receiver: 1\n")
			.doesNotContain("stopped");
	}

	@Test
	void aReceiverThatIsDownSaysSo() {
		this.receiver.close();
		Cli.Answer answer = this.home.replay();
		assertThat(answer.code()).isOne();
		assertThat(answer.out()).contains("0 events sent", "stopped: ", "localhost:" + this.receiver.port());
	}

}
