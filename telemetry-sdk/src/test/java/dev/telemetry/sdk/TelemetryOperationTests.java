package dev.telemetry.sdk;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.telemetry.EventType;
import dev.telemetry.TelemetryOperation;
import dev.telemetry.event.Event;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests for {@link TelemetryOperation}. */
class TelemetryOperationTests {

	private static final EventType PLACED = EventType.of("order.placed");

	private static final EventType FAILED = EventType.of("order.failed");

	private final AtomicInteger reads = new AtomicInteger();

	private final TelemetryOperation<String, Integer> operation = TelemetryOperation
		.<String, Integer>builder(PLACED, FAILED)
		.input("length", (input) -> {
			this.reads.incrementAndGet();
			return input.length();
		})
		.output("total", (output) -> output * 2)
		.error("checked", (error) -> !RuntimeException.class.isAssignableFrom(error))
		.rejectedOn((cause) -> cause instanceof IllegalArgumentException)
		.build();

	@Test
	@Tag("P34")
	void callWhenTheWorkReturnsRecordsTheSuccessEvent() {
		try (Recording recording = Recording.enabled()) {
			Integer result = this.operation.call(recording.context.context(), "abc", (input) -> 21);
			assertThat(result).isEqualTo(21);
			assertThat(recording.event().name()).isEqualTo("order.placed");
			assertThat(recording.event().attributes()).containsEntry("length", 3L)
				.containsEntry("total", 42L)
				.containsEntry("success", true)
				.containsEntry("outcome", "ok")
				.containsKey("duration_ms")
				.doesNotContainKeys("error", "checked");
		}
	}

	@Test
	@Tag("P34")
	void callWhenTheWorkThrowsRecordsTheFailureEventAndThrowsTheSameException() {
		try (Recording recording = Recording.enabled()) {
			IOException failure = new IOException("card 4111 1111 1111 1111");
			assertThatThrownBy(() -> this.operation.call(recording.context.context(), "abc", (input) -> {
				throw failure;
			})).isSameAs(failure);
			Event event = recording.event();
			assertThat(event.name()).isEqualTo("order.failed");
			assertThat(event.attributes()).containsEntry("length", 3L)
				.containsEntry("checked", true)
				.containsEntry("success", false)
				.containsEntry("outcome", "error")
				.containsEntry("error", "IOException")
				.doesNotContainKey("total");
			assertThat(event.attributes().toString()).doesNotContain("4111");
		}
	}

	@Test
	@Tag("I35")
	void callWhenTheInputIsRefusedSaysSo() {
		try (Recording recording = Recording.enabled()) {
			IllegalArgumentException refusal = new IllegalArgumentException();
			assertThatThrownBy(() -> this.operation.call(recording.context.context(), "abc", (input) -> {
				throw refusal;
			})).isSameAs(refusal);
			assertThat(recording.event().name()).isEqualTo("order.failed");
			assertThat(recording.event().attributes()).containsEntry("outcome", "rejected")
				.containsEntry("success", false)
				.containsEntry("error", "IllegalArgumentException");
		}
	}

	@Test
	@Tag("I34")
	void callWhenTheResultDoesNotHoldIsNoSuccess() {
		try (Recording recording = Recording.enabled()) {
			assertThatThrownBy(() -> this.operation.call(recording.context.context(), "abc", (input) -> {
				Integer total = 0;
				if (total == 0) {
					throw new IllegalStateException("an order without a total");
				}
				return total;
			})).isInstanceOf(IllegalStateException.class);
			assertThat(recording.event().name()).isEqualTo("order.failed");
			assertThat(recording.event().attributes()).containsEntry("outcome", "error").doesNotContainKey("total");
		}
	}

	@Test
	void callWhenCancelledRecordsNoError() {
		try (Recording recording = Recording.enabled()) {
			CancellationException cancelled = new CancellationException();
			assertThatThrownBy(() -> this.operation.call(recording.context.context(), "abc", (input) -> {
				throw cancelled;
			})).isSameAs(cancelled);
			assertThat(recording.event().attributes()).containsEntry("outcome", "cancelled").doesNotContainKey("error");
		}
	}

	@Test
	@Tag("P34")
	void callWhenAFunctionThrowsLeavesItsAttributeOut() {
		TelemetryOperation<String, Integer> failing = TelemetryOperation.<String, Integer>builder(PLACED, FAILED)
			.input("broken", (input) -> {
				throw new IllegalStateException();
			})
			.input("length", String::length)
			.rejectedOn((cause) -> {
				throw new IllegalStateException();
			})
			.build();
		try (Recording recording = Recording.enabled()) {
			assertThat(failing.<RuntimeException>call(recording.context.context(), "abc", (input) -> 1)).isEqualTo(1);
			assertThat(recording.event().attributes()).containsEntry("length", 3L).doesNotContainKey("broken");
			IOException failure = new IOException();
			assertThatThrownBy(() -> failing.call(recording.context.context(), "abc", (input) -> {
				throw failure;
			})).isSameAs(failure);
			assertThat(recording.events()).hasSize(2)
				.last()
				.satisfies((event) -> assertThat(event.attributes()).containsEntry("outcome", "error"));
		}
	}

	@Test
	void callWithoutConsentAsksNoFunction() {
		try (Recording recording = Recording.disabled()) {
			Integer result = this.operation.call(recording.context.context(), "abc", (input) -> 21);
			assertThat(result).isEqualTo(21);
			CompletableFuture<Integer> stage = CompletableFuture.completedFuture(1);
			assertThat(this.operation.<CompletableFuture<Integer>, RuntimeException>callAsync(
					recording.context.context(), "abc", (input) -> stage))
				.isSameAs(stage);
			assertThat(this.reads).hasValue(0);
		}
	}

	@Test
	void callAsyncRecordsWhenTheStageCompletesAndReturnsTheSameStage() {
		try (Recording recording = Recording.enabled()) {
			CompletableFuture<Integer> stage = new CompletableFuture<>();
			assertThat(this.operation.<CompletableFuture<Integer>, RuntimeException>callAsync(
					recording.context.context(), "abc", (input) -> stage))
				.isSameAs(stage);
			assertThat(recording.events()).isEmpty();
			stage.complete(4);
			assertThat(recording.event().name()).isEqualTo("order.placed");
			assertThat(recording.event().attributes()).containsEntry("length", 3L).containsEntry("total", 8L);
		}
	}

	@Test
	void callAsyncWhenTheStageFailsRecordsItsCause() {
		try (Recording recording = Recording.enabled()) {
			CompletableFuture<Integer> stage = new CompletableFuture<>();
			this.operation.<CompletableFuture<Integer>, RuntimeException>callAsync(recording.context.context(), "abc",
					(input) -> stage);
			stage.completeExceptionally(new CompletionException(new IllegalArgumentException()));
			assertThat(recording.event().name()).isEqualTo("order.failed");
			assertThat(recording.event().attributes()).containsEntry("outcome", "rejected")
				.containsEntry("error", "IllegalArgumentException");
		}
	}

	@Test
	void callAsyncWhenTheStageIsCancelledSaysSo() {
		try (Recording recording = Recording.enabled()) {
			CompletableFuture<Integer> stage = new CompletableFuture<>();
			this.operation.<CompletableFuture<Integer>, RuntimeException>callAsync(recording.context.context(), "abc",
					(input) -> stage);
			stage.cancel(true);
			assertThat(recording.event().attributes()).containsEntry("outcome", "cancelled");
		}
	}

	@Test
	void callAsyncWhenTheWorkThrowsRecordsTheFailureEvent() {
		try (Recording recording = Recording.enabled()) {
			IllegalStateException failure = new IllegalStateException();
			assertThatThrownBy(() -> this.operation.<CompletableFuture<Integer>, RuntimeException>callAsync(
					recording.context.context(), "abc", (input) -> {
						throw failure;
					}))
				.isSameAs(failure);
			assertThat(recording.event().attributes()).containsEntry("error", "IllegalStateException");
		}
	}

	@Test
	void runsThatBeginWithoutConsentOrEndWithoutItAreNotRecorded() {
		try (Recording recording = Recording.enabled()) {
			CompletableFuture<Integer> stage = new CompletableFuture<>();
			this.operation.<CompletableFuture<Integer>, RuntimeException>callAsync(recording.context.context(), "abc",
					(input) -> stage);
			recording.context.gate().disable("command");
			stage.complete(4);
			assertThat(recording.events()).isEmpty();
		}
	}

}
