package dev.telemetry.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Reaction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for what a {@link DeliveryLane} does when its sink fails. */
@Tag("F-24")
@ExtendWith(LawOfAccounting.class)
class DeliveryFailureTests {

	private final LaneFixture fixture = LaneFixture.manual(100, 2);

	@Test
	void retryableFailureIsRetriedAfterBackoffOnly() {
		this.fixture.sink.action = (events) -> {
			throw LaneFixture.retry();
		};
		this.fixture.offer("a", "b");
		this.fixture.lane.runOnce();
		assertThat(this.fixture.lane.status().lastError()).isEqualTo("receiver answered 503");
		this.fixture.sink.action = (events) -> {
		};
		this.fixture.advance(Duration.ofSeconds(1).minusNanos(1));
		this.fixture.lane.runOnce();
		assertThat(this.fixture.sink.calls).hasValue(1);
		this.fixture.advance(Duration.ofNanos(1));
		this.fixture.lane.runOnce();
		assertThat(this.fixture.sink.names()).containsExactly("a", "b");
		assertThat(this.fixture.lane.status().lastError()).isNull();
	}

	@Test
	void retryableFailureWithoutEndKeepsTheEvents() {
		this.fixture.sink.action = (events) -> {
			throw LaneFixture.retry();
		};
		this.fixture.offer("a", "b");
		for (int i = 0; i < 50; i++) {
			this.fixture.lane.runOnce();
			this.fixture.advance(Duration.ofMinutes(1));
		}
		assertThat(this.fixture.sink.calls).hasValue(50);
		assertThat(this.fixture.lane.status().pending()).isEqualTo(2);
	}

	@Test
	void retryAfterIsObeyed() {
		this.fixture.sink.action = (events) -> {
			throw new TelemetryException(TelemetryException.Kind.HTTP, "receiver answered 429", Reaction.RETRY,
					Duration.ofSeconds(90), null);
		};
		this.fixture.offer("a", "b");
		this.fixture.lane.runOnce();
		this.fixture.advance(Duration.ofSeconds(89));
		this.fixture.lane.runOnce();
		assertThat(this.fixture.sink.calls).hasValue(1);
		this.fixture.advance(Duration.ofSeconds(1));
		this.fixture.lane.runOnce();
		assertThat(this.fixture.sink.calls).hasValue(2);
	}

	@Test
	void permanentFailureIsCountedRejectedAndHoldsUpNothing() {
		this.fixture.sink.action = (events) -> {
			if (events.get(0).name().equals("a")) {
				throw LaneFixture.refusal();
			}
		};
		this.fixture.offer("a", "b", "c", "d");
		this.fixture.lane.runOnce();
		assertThat(this.fixture.sink.names()).containsExactly("b", "c", "d");
		assertThat(this.fixture.lane.status().dropped()).isEqualTo(Map.of("rejected", 1L));
	}

	@Test
	void partialRejectionIsCountedAndNotRetried() {
		this.fixture.sink.action = (events) -> {
			throw LaneFixture.refusal().withProgress(2, 1);
		};
		this.fixture.offer("a", "b");
		this.fixture.lane.runOnce();
		this.fixture.advance(Duration.ofMinutes(1));
		this.fixture.lane.runOnce();
		DeliveryStatus status = this.fixture.lane.status();
		assertThat(this.fixture.sink.calls).hasValue(1);
		assertThat(status.delivered()).isEqualTo(1);
		assertThat(status.dropped()).isEqualTo(Map.of("rejected", 1L));
		assertThat(status.lastError()).isEqualTo("receiver answered 400");
	}

	@Test
	void failureInTheMiddleRetriesOnlyTheRest() {
		this.fixture.sink.action = (events) -> {
			if (events.size() == 2) {
				throw LaneFixture.retry().withProgress(1, 0);
			}
		};
		this.fixture.offer("a", "b");
		this.fixture.lane.runOnce();
		assertThat(this.fixture.lane.status().delivered()).isEqualTo(1);
		this.fixture.advance(Duration.ofSeconds(1));
		this.fixture.lane.runOnce();
		assertThat(this.fixture.sink.names()).containsExactly("b");
		assertThat(this.fixture.lane.status().delivered()).isEqualTo(2);
	}

	@Test
	void moreSettledThanSentIsCutToWhatWasSent() {
		this.fixture.sink.action = (events) -> {
			throw LaneFixture.refusal().withProgress(9, 9);
		};
		this.fixture.offer("a", "b");
		this.fixture.lane.runOnce();
		assertThat(this.fixture.lane.status().dropped()).isEqualTo(Map.of("rejected", 2L));
		assertThat(this.fixture.lane.status().pending()).isZero();
	}

	static Stream<Throwable> throwables() {
		return Stream.of(new IllegalStateException("secret"), new StackOverflowError(),
				new NoClassDefFoundError("missing"), new OutOfMemoryError("fake"), new AssertionError("secret"));
	}

	@ParameterizedTest
	@MethodSource("throwables")
	void unforeseenThrowableIsRetriedThreeTimesThenTheEventToBlameIsRejected(Throwable failure) {
		this.fixture.sink.action = (events) -> {
			if (events.get(0).name().equals("poison")) {
				LaneFailures.sneakyThrow(failure);
			}
		};
		this.fixture.offer("poison", "b", "c", "d");
		for (int i = 0; i < 3; i++) {
			this.fixture.lane.runOnce();
			assertThat(this.fixture.lane.status().dropped()).isEmpty();
			this.fixture.advance(Duration.ofMinutes(1));
		}
		this.fixture.lane.runOnce();
		assertThat(this.fixture.sink.names()).containsExactly("b", "c", "d");
		assertThat(this.fixture.lane.status().dropped()).isEqualTo(Map.of("rejected", 1L));
		assertThat(this.fixture.pass.inside).hasValue(0);
	}

	@Test
	void unforeseenThrowableShowsItsClassOnlyBecauseItsMessageMayQuoteEvents() {
		this.fixture.sink.action = (events) -> {
			throw new IllegalStateException("secret");
		};
		this.fixture.offer("a", "b");
		this.fixture.lane.runOnce();
		assertThat(this.fixture.lane.status().lastError()).isEqualTo("the sink threw java.lang.IllegalStateException");
	}

	/** Throws what a sink compiled by others may throw. */
	static final class LaneFailures {

		private LaneFailures() {
		}

		@SuppressWarnings("unchecked")
		static <X extends Throwable> void sneakyThrow(Throwable failure) throws X {
			throw (X) failure;
		}

	}

}
