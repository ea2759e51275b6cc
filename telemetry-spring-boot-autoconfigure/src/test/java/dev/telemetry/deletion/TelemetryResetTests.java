package dev.telemetry.deletion;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.consent.ConsentAnswer;
import dev.telemetry.consent.ConsentAnswer.Outcome;
import dev.telemetry.consent.ConsentDecision;
import dev.telemetry.consent.ConsentScope;
import dev.telemetry.consent.ConsentState;
import dev.telemetry.consent.NoticeHashes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TelemetryResetTests {

	private final List<String> steps = new ArrayList<>();

	private final Ids ids = new Ids();

	private Outcome outcome = Outcome.DONE;

	@Test
	void resetClosesThenReadsThenErasesInOrder() {
		reset(erasure("local log"), erasure("install secret"));
		assertThat(this.steps).containsExactly("disable command", "read ids", "erase local log", "erase install secret",
				"erase ids");
	}

	@Test
	void resetWhenNothingWasSentIsNotNeeded() {
		ResetAnswer answer = reset();
		assertThat(answer.outcome()).isEqualTo(DeletionOutcome.NOT_NEEDED);
		assertThat(answer.ids()).isEmpty();
		assertThat(answer.text()).isNull();
		assertThat(answer.failures()).isEmpty();
	}

	@Test
	void resetWhenIdsWereSentHandsThemOutWithText() {
		this.ids.sent.addAll(List.of("id-1", "id-2"));
		ResetAnswer answer = reset();
		assertThat(answer.outcome()).isEqualTo(DeletionOutcome.CANNOT_REQUEST);
		assertThat(answer.ids()).containsExactly("id-1", "id-2");
		assertThat(answer.text()).contains("demo-app").contains("id-1, id-2").contains("delete");
		assertThat(this.ids.sent).isEmpty();
	}

	@Test
	void resetWhenOneStoreFailsErasesTheOthersAndTells() {
		ResetAnswer answer = reset(erasure("local log"), new Erasure("install secret", () -> {
			throw new IOException("read-only");
		}), new Erasure("spill", () -> {
			throw new IllegalStateException("closed");
		}), erasure("rejected"));
		assertThat(this.steps).contains("erase local log", "erase rejected", "erase ids");
		assertThat(answer.failures()).containsExactly("install secret: read-only", "spill: closed");
	}

	@Test
	void resetWhenIdsCannotBeReadKeepsThemAndNeverSaysNotNeeded() {
		this.ids.failure = new IOException("damaged");
		ResetAnswer answer = reset(erasure("local log"));
		assertThat(answer.outcome()).isEqualTo(DeletionOutcome.CANNOT_REQUEST);
		assertThat(answer.failures()).containsExactly("sent ids: damaged");
		assertThat(this.steps).contains("erase local log").doesNotContain("erase ids");
	}

	@Test
	void resetWhenNoCouldNotBeWrittenErasesAllTheSame() {
		this.outcome = Outcome.NOT_PERSISTED;
		ResetAnswer answer = reset(erasure("local log"));
		assertThat(answer.consent().outcome()).isEqualTo(Outcome.NOT_PERSISTED);
		assertThat(this.steps).contains("erase local log", "erase ids");
	}

	private ResetAnswer reset(Erasure... erasures) {
		return new TelemetryReset("demo-app", this::disable, this.ids, List.of(erasures)).reset("command");
	}

	private ConsentAnswer disable(String channel) {
		this.steps.add("disable " + channel);
		return new ConsentAnswer(this.outcome, new ConsentDecision(ConsentState.DENIED, ConsentScope.NONE, null, 8,
				"denied", null, false, null, null, null, List.of(), NoticeHashes.NONE), null, null, 0);
	}

	private Erasure erasure(String name) {
		return new Erasure(name, () -> this.steps.add("erase " + name));
	}

	private final class Ids implements SentIds {

		private final List<String> sent = new ArrayList<>();

		private @Nullable IOException failure;

		@Override
		public List<String> ids() throws IOException {
			TelemetryResetTests.this.steps.add("read ids");
			if (this.failure != null) {
				throw this.failure;
			}
			return List.copyOf(this.sent);
		}

		@Override
		public void erase() {
			TelemetryResetTests.this.steps.add("erase ids");
			this.sent.clear();
		}

	}

}
