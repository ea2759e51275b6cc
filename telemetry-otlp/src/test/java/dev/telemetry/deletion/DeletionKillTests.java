package dev.telemetry.deletion;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.ChildEnvironment;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sdk.ProcessOutput;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that is killed between storing the requests for deletion and sending them,
 * and one that may not send at all.
 */
@Tag("F-27")
class DeletionKillTests {

	private static final String STORED = "stored, about to send";

	@TempDir
	private Path directory;

	@Test
	@Timeout(120)
	void requestsOutliveTheProcessThatStoredThem() throws Exception {
		IdJournal journal = new IdJournal(Home.chosen(this.directory), InstantSource.system());
		journal.sent("a1");
		journal.sent("b2");
		run(null, true);
		assertThat(journal.ids()).isEmpty();
		try (FakeCollector server = new FakeCollector()) {
			HttpDeletionRequestor requestor = new HttpDeletionRequestor(server.uri("/"));
			DeletionFixture next = new DeletionFixture(this.directory, requestor);
			List<DeletionRequest> stored = next.outbox.waiting();
			assertThat(stored).extracting(DeletionRequest::machineId).containsExactly("a1", "b2");
			assertThat(next.sender.runOnce()).isEqualTo(DeletionSender.NEVER);
			requestor.release();
			assertThat(server.requests()).extracting((request) -> request.headers().getFirst("Idempotency-Key"))
				.containsExactlyElementsOf(stored.stream().map((request) -> request.requestId().toString()).toList());
			assertThat(next.outbox.result().count()).isEqualTo(2);
		}
	}

	@Test
	@Timeout(120)
	void processWithDoNotTrackStoresAndSendsNothing() throws Exception {
		new IdJournal(Home.chosen(this.directory), InstantSource.system()).sent("a1");
		assertThat(run("1", false)).contains("REQUESTED held back: DO_NOT_TRACK is '1'").doesNotContain(STORED);
		assertThat(new DeletionFixture(this.directory, (request) -> DeletionAnswer.acknowledged()).waiting())
			.containsExactly("a1");
	}

	private String run(@Nullable String doNotTrack, boolean kill) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-cp", System.getProperty("java.class.path"), Child.class.getName(), this.directory.toString())
			.redirectErrorStream(true);
		ChildEnvironment.clear(builder);
		if (doNotTrack != null) {
			builder.environment().put("DO_NOT_TRACK", doNotTrack);
		}
		ProcessOutput lines = new ProcessOutput("the process that resets", builder.start());
		StringBuilder output = new StringBuilder();
		for (String line = lines.line(); line != null; line = lines.line()) {
			output.append(line).append('\n');
			if (kill && line.equals(STORED)) {
				lines.kill();
			}
		}
		int status = lines.exit();
		assertThat(status != 0).as(output.toString()).isEqualTo(kill);
		return output.toString();
	}

	/** Resets, and never gets an answer from its requestor. */
	static final class Child {

		private Child() {
		}

		public static void main(String[] arguments) {
			Home home = Home.chosen(Path.of(arguments[0]));
			IdJournal journal = new IdJournal(home, InstantSource.system());
			ConsentGate gate = ConsentGate.builder(ConsentStore.file(home, "demo-app"))
				.tool("demo-app")
				.sources(List.of(ConsentSource.environment(System::getenv, System::getProperty)))
				.build();
			gate.refresh();
			DeletionRequests requests = new DeletionRequests(
					new DeletionSettings("demo-app", (request) -> hang(), null, null), home, gate::veto, new Problems(),
					DeliveryRuntime.system());
			ResetAnswer answer = new TelemetryReset(gate::reset, ids(journal), List.of(), requests).reset("command");
			System.out.println(answer.outcome() + " " + answer.deletion().lastError());
		}

		private static DeletionAnswer hang() {
			System.out.println(STORED);
			try {
				Patience.hang();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return DeletionAnswer.later("interrupted", null);
		}

		private static SentIds ids(IdJournal journal) {
			return new SentIds() {

				@Override
				public List<String> ids() throws IOException {
					return List.copyOf(journal.ids());
				}

				@Override
				public void erase() throws IOException {
					journal.erase();
				}

			};
		}

	}

}
