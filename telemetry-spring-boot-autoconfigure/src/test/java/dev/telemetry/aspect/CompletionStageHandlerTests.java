package dev.telemetry.aspect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.sdk.Patience;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Calls that end when a stage completes. */
class CompletionStageHandlerTests {

	private final Advised advised = new Advised();

	private final Mails mails = this.advised.proxy(new Mails());

	private final CompletableFuture<List<String>> future = new CompletableFuture<>();

	@Test
	void callWhenStageIsPendingReturnsOriginalAndRecordsNothingYet() {
		assertThat(this.mails.send(this.future)).isSameAs(this.future);
		assertThat(this.advised.names()).isEmpty();
	}

	@Test
	void callWhenStageCompletesRecordsSuccessWithResolvedValue() {
		this.mails.send(this.future);
		this.future.complete(List.of("a", "b"));
		assertThat(this.advised.event().outcome()).isEqualTo("ok");
		assertThat(this.advised.event().attributes()).isEqualTo(Map.of("sent", 2));
	}

	@Test
	void callWhenStageIsCompleteRecordsAtOnce() {
		this.mails.send(CompletableFuture.completedFuture(List.of("a")));
		assertThat(this.advised.event().attributes()).isEqualTo(Map.of("sent", 1));
	}

	@Test
	void callWhenStageFailsRecordsUnwrappedFailure() {
		IOException failure = new IOException();
		this.mails.send(this.future);
		this.future.completeExceptionally(new CompletionException(failure));
		assertThat(this.advised.event().outcome()).isEqualTo("error");
		assertThat(this.advised.event().failure()).isSameAs(failure);
	}

	@Test
	void callWhenStageIsCancelledRecordsCancellation() {
		this.mails.send(this.future).toCompletableFuture().cancel(true);
		assertThat(this.future).isCancelled();
		assertThat(this.advised.event().outcome()).isEqualTo("cancelled");
	}

	@Test
	void callWhenSourceOfStageIsCancelledRecordsCancellation() {
		this.mails.send(this.future.thenApply((sent) -> sent));
		this.future.cancel(true);
		assertThat(this.advised.event().outcome()).isEqualTo("cancelled");
	}

	@Test
	void callWhenMethodThrowsRecordsFailureAtOnce() {
		assertThatIllegalStateException().isThrownBy(() -> this.mails.refuse());
		assertThat(this.advised.event().outcome()).isEqualTo("error");
	}

	@Test
	void callWhenMethodReturnsNullRecordsSuccessAtOnce() {
		assertThat(this.mails.nothing()).isNull();
		assertThat(this.advised.event().outcome()).isEqualTo("ok");
	}

	@Test
	void callWhenMethodDeclaresFutureOrObjectIsRecordedWhenStageCompletes() {
		assertThat(this.mails.asFuture(this.future)).isSameAs(this.future);
		assertThat(this.mails.asObject(this.future)).isSameAs(this.future);
		assertThat(this.advised.names()).isEmpty();
		this.future.complete(List.of());
		assertThat(this.advised.names()).containsExactlyInAnyOrder("mail.future", "mail.object");
	}

	@Test
	void callWhenArgumentChangesBeforeStageCompletesRecordsWhatItWas() {
		List<String> recipients = new ArrayList<>(List.of("a"));
		this.mails.sendTo(recipients, this.future);
		recipients.clear();
		this.future.complete(List.of());
		assertThat(this.advised.event().attributes()).isEqualTo(Map.of("recipients", 1));
	}

	@Test
	void callWhenStageCompletesOnAnotherThreadIsRecorded() throws InterruptedException {
		this.mails.send(this.future);
		Thread other = new Thread(() -> this.future.complete(List.of()));
		other.start();
		Patience.end(other);
		assertThat(this.advised.event().outcome()).isEqualTo("ok");
	}

	static class Mails {

		@TelemetryEvent("mail.sent")
		@TelemetryAttribute(value = "sent", path = "size")
		public CompletionStage<List<String>> send(CompletableFuture<List<String>> stage) {
			return stage;
		}

		@TelemetryEvent("mail.sent")
		public CompletionStage<List<String>> sendTo(
				@TelemetryAttribute(value = "recipients", path = "size") List<String> recipients,
				CompletableFuture<List<String>> stage) {
			return stage;
		}

		@TelemetryEvent("mail.refused")
		public CompletionStage<String> refuse() {
			throw new IllegalStateException();
		}

		@TelemetryEvent("mail.nothing")
		@TelemetryAttribute("nothing")
		public CompletionStage<String> nothing() {
			return null;
		}

		@TelemetryEvent("mail.future")
		public Future<?> asFuture(Object future) {
			return (Future<?>) future;
		}

		@TelemetryEvent("mail.object")
		public Object asObject(Object future) {
			return future;
		}

	}

}
