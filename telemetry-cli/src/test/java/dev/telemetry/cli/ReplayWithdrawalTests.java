package dev.telemetry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** After a no {@code replay} sends nothing more. */
class ReplayWithdrawalTests extends AbstractReplayTests {

	@ParameterizedTest
	@CsvSource({ "1", "3" })
	void afterANoNotOneRequestMore(int requests) {
		AtomicInteger seen = new AtomicInteger();
		this.receiver.reply((request) -> {
			if (seen.incrementAndGet() == requests) {
				this.home.no();
			}
			return status(200);
		});
		Cli.Answer answer = this.home.replay();
		assertThat(this.receiver.requests()).hasSize(requests);
		assertThat(answer.code()).isOne();
		int sent = this.receiver.ids().size();
		assertThat(answer.out()).contains(sent + " events sent", "stopped: consent no longer holds",
				(MANY - sent) + " events are left; go on with --since " + ReplayHome.YES.plusSeconds(10 + sent));
	}

	/** What is small in the log can be large over OTLP. */
	@ParameterizedTest
	@ValueSource(strings = { "logs", "traces" })
	void aBatchIsOneRequestWhateverOtlpMakesOfIt(String signal) throws IOException {
		String attributes = IntStream.range(0, 60).mapToObj((i) -> "\"" + i + "\":1").collect(Collectors.joining(","));
		this.home
			.yes(ReplayHome.YES, ConsentScope.EXPORT,
					ReplayHome.notice(ReplayHome.destination("otlp", this.receiver.address())))
			.without("TELEMETRY_HTTP_ENDPOINT")
			.variable("TELEMETRY_ENDPOINT", this.receiver.address() + "/v1/" + signal)
			.variable("TELEMETRY_COMPRESSION", "none")
			.log("telemetry.log",
					ReplayHome.lines(0, MANY)
						.stream()
						.map((line) -> line.replaceFirst("\"items\":\\d+", attributes))
						.toList());
		this.receiver.reply((request) -> {
			this.home.no();
			return status(200);
		});
		this.home.replay();
		assertThat(this.receiver.requests()).singleElement()
			.satisfies((request) -> assertThat(request.wire().length).isBetween(16 * 1024, 64 * 1024));
	}

	@Test
	void aNoWhileSomebodyWaitsForTheReceiverIsTheEnd() {
		this.receiver.reply((request) -> {
			this.home.no();
			return status(503);
		});
		assertThat(this.home.replay().out()).contains("0 events sent", "stopped: consent no longer holds");
		assertThat(this.receiver.requests()).hasSize(1);
	}

	@Test
	void anotherYesIsNotTheOneTheLogWasReadUnder() {
		AtomicBoolean once = new AtomicBoolean();
		this.receiver.reply((request) -> {
			if (once.compareAndSet(false, true)) {
				yesAgain();
			}
			return status(200);
		});
		assertThat(this.home.replay().out()).contains("stopped: consent no longer holds");
		assertThat(this.receiver.requests()).hasSize(1);
	}

	private void yesAgain() {
		try {
			this.home.store()
				.write(new ConsentRecord(1, true, true, ConsentScope.EXPORT,
						ReplayHome.notice(ReplayHome.destination("http", this.receiver.address())).hash(),
						"f".repeat(32), ReplayHome.YES.plusSeconds(3600), "actuator", "acme"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void aRequestUnderWayIsAbortedByANo() throws InterruptedException {
		CountDownLatch over = new CountDownLatch(1);
		this.receiver.reply((request) -> {
			this.home.no();
			await(over);
			return status(200);
		});
		Cli.Answer answer = this.home.replay();
		over.countDown();
		assertThat(answer.out()).contains("0 events sent", "stopped: consent no longer holds");
		assertThat(this.receiver.requests()).hasSize(1);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
