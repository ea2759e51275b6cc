package dev.telemetry.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import dev.telemetry.event.Event;
import dev.telemetry.problem.Problem;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.TelemetryException.Reaction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a {@link DeliveryLane} does with each kind of answer: retry, hold,
 * bisect (F-05, F-06, F-07, F-23, F-24).
 */
@Tag("F-05")
@Tag("F-06")
@Tag("F-07")
@Tag("F-23")
@Tag("F-24")
class AnswerReactionTests {

	private static final int BATCH = 512;

	private final LaneFixture fixture = LaneFixture.manual(4096, BATCH);

	private static TelemetryException answer(Reaction reaction) {
		return new TelemetryException(Kind.HTTP, "receiver said " + reaction, reaction, null, null);
	}

	private void answer(ScriptedSink.Action action) {
		this.fixture.sink.action = action;
	}

	private void offer(int count) {
		IntStream.range(0, count).forEach((number) -> this.fixture.offer("e" + number));
	}

	private void refuse(Set<String> poison, Reaction reaction) {
		answer((events) -> {
			if (events.stream().map(Event::name).anyMatch(poison::contains)) {
				throw answer(reaction);
			}
		});
	}

	private void run() {
		this.fixture.lane.runOnce();
	}

	private List<String> kept() {
		return this.fixture.kept.stream().map(Event::name).toList();
	}

	private DeliveryStatus status() {
		return this.fixture.lane.status();
	}

	@Test
	void poisonEventIsFoundWhereverItIsAndTheOthersAreDelivered() {
		for (int poison = 0; poison < BATCH; poison++) {
			LaneFixture one = LaneFixture.manual(BATCH * 2, BATCH);
			String name = "e" + poison;
			one.sink.action = (events) -> {
				if (events.stream().anyMatch((event) -> event.name().equals(name))) {
					throw answer(Reaction.BISECT);
				}
			};
			IntStream.range(0, BATCH).forEach((number) -> one.offer("e" + number));
			one.lane.runOnce();
			assertThat(one.sink.calls.get()).as("requests for %s", name).isLessThanOrEqualTo(20);
			assertThat(one.sink.names()).hasSize(BATCH - 1).doesNotContain(name).doesNotHaveDuplicates();
			assertThat(one.kept).extracting(Event::name).containsExactly(name);
			assertThat(one.lane.status().delivered()).isEqualTo(BATCH - 1);
			assertThat(one.lane.status().dropped()).isEqualTo(Map.of("rejected", 1L));
			assertThat(one.lane.status().pending()).isZero();
		}
	}

	@Test
	void severalPoisonEventsAreFoundInOrder() {
		refuse(Set.of("e7", "e8", "e300", "e511"), Reaction.BISECT);
		offer(BATCH);
		run();
		assertThat(kept()).containsExactly("e7", "e8", "e300", "e511");
		assertThat(this.fixture.sink.names()).hasSize(BATCH - 4);
		assertThat(this.fixture.problems.list()).isEmpty();
	}

	@Test
	void receiverThatTakesSmallBatchesOnlyGetsThem() {
		answer((events) -> {
			if (events.size() > 64) {
				throw answer(Reaction.BISECT);
			}
		});
		offer(BATCH);
		run();
		assertThat(this.fixture.sink.names()).hasSize(BATCH);
		assertThat(this.fixture.sink.calls.get()).isLessThanOrEqualTo(20);
		assertThat(status().dropped()).isEmpty();
	}

	@Test
	void onlySuspectsAreBisected() {
		answer((events) -> {
			if (events.get(0).name().equals("e0")) {
				throw answer(Reaction.BISECT).withSuspects(1);
			}
		});
		offer(BATCH);
		run();
		assertThat(kept()).containsExactly("e0");
		assertThat(this.fixture.sink.calls).hasValue(2);
	}

	@Test
	void eventThatIsTooLargeIsCountedAsSuchAndHoldsNothingUp() {
		answer((events) -> {
			if (events.get(0).name().startsWith("e")) {
				throw new TelemetryException(Kind.TOO_LARGE, "too large", Reaction.BISECT, null, null).withSuspects(1);
			}
		});
		offer(100);
		this.fixture.offer("small");
		this.fixture.lane.flush(Duration.ZERO);
		assertThat(this.fixture.sink.names()).containsExactly("small");
		assertThat(status().dropped()).isEqualTo(Map.of("event_too_large", 100L));
		assertThat(this.fixture.kept).hasSize(100);
		assertThat(this.fixture.problems.list()).isEmpty();
	}

	@Test
	void receiverThatRefusesEverythingIsHeldAfterTwentyRequests() {
		answer((events) -> {
			throw answer(Reaction.BISECT);
		});
		offer(BATCH * 4);
		run();
		assertThat(this.fixture.sink.calls).hasValue(20);
		assertThat(this.fixture.problems.list()).singleElement()
			.satisfies((problem) -> assertThat(problem.problem()).contains("receiver said BISECT", "everything"));
		long lost = status().dropped().get("rejected");
		assertThat(lost).isLessThan(10);
		assertThat(status().pending()).isEqualTo(BATCH * 4 - lost);
		for (int minute = 0; minute < 60; minute++) {
			this.fixture.advance(Duration.ofMinutes(1));
			run();
		}
		assertThat(this.fixture.sink.calls.get()).as("requests in an hour").isLessThan(20 + 20);
		answer((events) -> {
		});
		this.fixture.advance(Duration.ofMinutes(6));
		run();
		assertThat(status().pending()).isZero();
		assertThat(this.fixture.problems.list()).isEmpty();
	}

	@Test
	void heldReceiverIsAskedLessAndLessOftenAndNothingIsSentMeanwhile() {
		answer((events) -> {
			throw answer(Reaction.HOLD);
		});
		this.fixture.sink.probe = () -> {
			throw answer(Reaction.HOLD);
		};
		offer(BATCH * 2);
		run();
		assertThat(this.fixture.sink.calls).hasValue(1);
		this.fixture.advance(Duration.ofSeconds(23));
		run();
		assertThat(this.fixture.sink.probes).hasValue(0);
		for (int second = 0; second < 3600; second++) {
			this.fixture.advance(Duration.ofSeconds(1));
			run();
		}
		assertThat(this.fixture.sink.calls).hasValue(1);
		assertThat(this.fixture.sink.probes.get()).isBetween(10, 20);
		assertThat(status().pending()).isEqualTo(BATCH * 2);
		assertThat(status().dropped()).isEmpty();
	}

	@Test
	void heldReceiverIsAProblemInPlainWordsUntilItTakesEvents() {
		answer((events) -> {
			throw answer(Reaction.HOLD);
		});
		this.fixture.sink.probe = () -> true;
		offer(3);
		this.fixture.lane.flush(Duration.ZERO);
		assertThat(this.fixture.problems.list())
			.containsExactly(new Problem("sink fake", "https://receiver.example.com/v1/logs", "receiver said HOLD",
					"fix what is named; events are kept, and it is tried again by itself"));
		assertThat(status().lastError()).isEqualTo("receiver said HOLD");
		answer((events) -> {
		});
		this.fixture.advance(Duration.ofMinutes(1));
		run();
		assertThat(this.fixture.sink.names()).containsExactly("e0", "e1", "e2");
		assertThat(this.fixture.problems.list()).isEmpty();
		assertThat(status().lastError()).isNull();
	}

	@Test
	void heldReceiverThatCannotBeAskedIsSentTheOldestBatchAgain() {
		answer((events) -> {
			throw answer(Reaction.HOLD);
		});
		offer(BATCH * 2);
		run();
		this.fixture.advance(Duration.ofMinutes(1));
		run();
		assertThat(this.fixture.sink.calls).hasValue(2);
		assertThat(status().pending()).isEqualTo(BATCH * 2);
	}

	@Test
	void heldReceiverWhoseQuestionBreaksStaysHeld() {
		answer((events) -> {
			throw answer(Reaction.HOLD);
		});
		this.fixture.sink.probe = () -> {
			throw new IllegalStateException("secret");
		};
		offer(3);
		this.fixture.lane.flush(Duration.ZERO);
		this.fixture.advance(Duration.ofMinutes(1));
		run();
		assertThat(this.fixture.sink.calls).hasValue(1);
		assertThat(this.fixture.pass.inside).hasValue(0);
		assertThat(status().lastError()).isEqualTo("the sink threw java.lang.IllegalStateException");
	}

	@Test
	void poisonThatBreaksTheReceiverIsFoundAfterThreeRetries() {
		refuse(Set.of("e300"), Reaction.DOUBT);
		this.fixture.sink.probe = () -> true;
		offer(BATCH);
		for (int attempt = 1; attempt <= 3; attempt++) {
			run();
			assertThat(this.fixture.sink.calls).hasValue(attempt);
			this.fixture.advance(Duration.ofMinutes(2));
		}
		run();
		assertThat(kept()).containsExactly("e300");
		assertThat(this.fixture.sink.names()).hasSize(BATCH - 1);
		assertThat(this.fixture.sink.calls.get()).isLessThanOrEqualTo(3 + 20);
	}

	@Test
	void receiverThatIsBrokenCostsNoEventWhenItCanBeAsked() {
		answer((events) -> {
			throw answer(Reaction.DOUBT);
		});
		this.fixture.sink.probe = () -> {
			throw answer(Reaction.DOUBT);
		};
		offer(BATCH);
		for (int minute = 0; minute < 120; minute++) {
			run();
			this.fixture.advance(Duration.ofMinutes(1));
		}
		assertThat(status().dropped()).isEmpty();
		assertThat(this.fixture.sink.calls.get()).isLessThan(20);
		answer((events) -> {
		});
		this.fixture.sink.probe = () -> true;
		this.fixture.advance(Duration.ofMinutes(6));
		run();
		assertThat(status().delivered()).isEqualTo(BATCH);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void doubtfulAnswerThatPassesCostsNothing(int times) {
		answer((events) -> {
			if (this.fixture.sink.calls.get() <= times) {
				throw answer(Reaction.DOUBT);
			}
		});
		offer(BATCH);
		for (int attempt = 0; attempt <= times; attempt++) {
			run();
			this.fixture.advance(Duration.ofMinutes(2));
		}
		assertThat(this.fixture.sink.calls).hasValue(times + 1);
		assertThat(status().delivered()).isEqualTo(BATCH);
	}

	@Test
	void rejectedEventThatCannotBeKeptIsCountedAllTheSame() {
		this.fixture.unkept = true;
		refuse(Set.of("e1"), Reaction.BISECT);
		offer(BATCH);
		run();
		assertThat(status().dropped()).isEqualTo(Map.of("rejected", 1L));
		assertThat(status().delivered()).isEqualTo(BATCH - 1);
		assertThat(this.fixture.pass.inside).hasValue(0);
	}

	@Test
	void nothingIsKeptOfARejectedEventAfterTheSessionHasEnded() {
		answer((events) -> {
			this.fixture.pass.open = false;
			throw answer(Reaction.BISECT);
		});
		this.fixture.offer("a");
		this.fixture.lane.flush(Duration.ZERO);
		assertThat(this.fixture.kept).isEmpty();
		assertThat(status().dropped()).isEqualTo(Map.of("withdrawn", 1L));
	}

	@Test
	void closingLaneSendsNoQuestionsWithoutEnd() {
		answer((events) -> {
			throw answer(Reaction.BISECT);
		});
		offer(BATCH * 2);
		this.fixture.lane.close(Duration.ofSeconds(2));
		assertThat(this.fixture.sink.calls).hasValue(20);
		assertThat(status().pending()).isZero();
	}

}
