package dev.telemetry.deletion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.telemetry.consent.gate.ConsentAnswer;
import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.NoticeHashes;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.Patience;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Tag("T-23")
class TelemetryResetTests {

	private final List<String> steps = new ArrayList<>();

	private final Ids ids = new Ids();

	private Outcome outcome = Outcome.DONE;

	private @Nullable String address;

	private @Nullable DeletionRequestor requestor;

	private @Nullable String hold;

	private String dies = "";

	private @Nullable AtomicLong nanos;

	private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());

	@TempDir
	private Path directory;

	@Test
	void resetClosesThenStoresThenErasesThenSends() {
		this.ids.sent.add("id-1");
		this.requestor = (request) -> {
			this.steps.add("send " + request.machineId());
			return DeletionAnswer.acknowledged();
		};
		reset(new Erasure("local log", () -> this.steps.add("erase local log, stored " + stored())),
				erasure("install secret"));
		assertThat(this.steps).containsExactly("disable command", "written disable", "read ids",
				"erase local log, stored 1", "erase install secret", "erase ids", "opened again", "send id-1");
	}

	@Test
	void resetWhenNothingWasSentIsNotNeededAndLeavesNothing() {
		ResetAnswer answer = reset();
		assertThat(answer.outcome()).isEqualTo(DeletionOutcome.NOT_NEEDED);
		assertThat(answer.ids()).isEmpty();
		assertThat(answer.text()).isNull();
		assertThat(answer.failures()).isEmpty();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void resetWhenNobodyCanBeAskedHandsOutTheIdsAgainAndAgain() {
		this.ids.sent.addAll(List.of("id-1", "id-2"));
		for (int i = 0; i < 2; i++) {
			ResetAnswer answer = reset();
			assertThat(answer.outcome()).isEqualTo(DeletionOutcome.CANNOT_REQUEST);
			assertThat(answer.ids()).containsExactly("id-1", "id-2");
			assertThat(answer.text()).contains("demo-app").contains("id-1, id-2").contains("delete");
			assertThat(answer.deletion().pending()).isEqualTo(2);
			assertThat(this.ids.sent).isEmpty();
		}
	}

	@Test
	void resetWhenThereIsAnAddressPreparesALetter() {
		this.address = "privacy@example.com";
		this.ids.sent.add("id-1");
		ResetAnswer answer = reset();
		assertThat(answer.outcome()).isEqualTo(DeletionOutcome.PREPARED);
		assertThat(answer.letter()).isNotNull();
		assertThat(answer.letter().link()).startsWith("mailto:privacy@example.com?").contains("id-1");
	}

	@Test
	void resetWhenAcknowledgedSaysSoAndAgainTheSecondTime() {
		this.ids.sent.addAll(List.of("id-1", "id-2"));
		AtomicInteger attempts = new AtomicInteger();
		this.requestor = (request) -> {
			attempts.incrementAndGet();
			return DeletionAnswer.acknowledged();
		};
		for (int i = 0; i < 2; i++) {
			ResetAnswer answer = reset();
			assertThat(answer.outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
			assertThat(answer.deletion().done()).isEqualTo(2);
			assertThat(answer.letter()).isNull();
		}
		assertThat(attempts).hasValue(2);
	}

	@Test
	void resetWhenReceiverIsDownIsRequestedAndAgainTheSecondTime() {
		this.ids.sent.add("id-1");
		this.requestor = (request) -> DeletionAnswer.later("down", null);
		for (int i = 0; i < 2; i++) {
			ResetAnswer answer = reset();
			assertThat(answer.outcome()).isEqualTo(DeletionOutcome.REQUESTED);
			assertThat(answer.deletion().lastError()).isEqualTo("down");
			assertThat(answer.deletion().pending()).isEqualTo(1);
		}
	}

	@Test
	void resetWhenOnlyHandedOverNeverSaysMore() {
		this.ids.sent.add("id-1");
		this.requestor = (request) -> DeletionAnswer.handedOver();
		assertThat(reset().outcome()).isEqualTo(DeletionOutcome.REQUESTED);
		assertThat(reset().outcome()).isEqualTo(DeletionOutcome.REQUESTED);
		assertThat(stored()).isZero();
	}

	@Test
	void resetWhenRequestsCannotBeStoredKeepsTheIdsAndTells() throws IOException {
		this.ids.sent.add("id-1");
		Files.writeString(this.directory.resolve(DeletionOutbox.DIRECTORY), "in the way");
		ResetAnswer answer = reset(erasure("local log"));
		assertThat(answer.outcome()).isEqualTo(DeletionOutcome.CANNOT_REQUEST);
		assertThat(answer.ids()).containsExactly("id-1");
		assertThat(answer.failures()).hasSize(1).first().asString().startsWith("requests for deletion: ");
		assertThat(this.ids.sent).containsExactly("id-1");
		assertThat(this.steps).contains("erase local log");
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

	@ParameterizedTest
	@ValueSource(strings = { "disable", "local log", "ids" })
	void resetWhenTheProcessDiesLosesNoRequest(String step) {
		this.ids.sent.addAll(List.of("id-1", "id-2"));
		this.dies = step;
		assertThatThrownBy(() -> reset(erasure("local log"))).isInstanceOf(Death.class);
		boolean erased = this.ids.sent.isEmpty();
		assertThat(erased && stored() < 2).as("erased before it was stored").isFalse();
		this.dies = "";
		ResetAnswer answer = reset(erasure("local log"));
		assertThat(answer.ids()).containsExactly("id-1", "id-2");
		assertThat(stored()).isEqualTo(2);
	}

	@Test
	void statusWhenTheNextRunBeginsIsWhatTheLastOneLeft() {
		this.ids.sent.add("id-1");
		this.requestor = (request) -> DeletionAnswer.acknowledged();
		reset();
		DeletionRequests next = requests();
		assertThat(next.status()).isNull();
		next.start();
		assertThat(next.status()).isNotNull();
		assertThat(next.status().outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
		assertThat(next.status().done()).isEqualTo(1);
		assertThat(next.status().doneAt()).isNotNull();
		assertThat(this.threads).hasSize(1);
	}

	@Test
	@Timeout(60)
	void startSendsWhatAnEarlierRunLeftOnAThreadThatEnds() throws Exception {
		this.ids.sent.add("id-1");
		reset();
		assertThat(this.threads).isEmpty();
		this.requestor = (request) -> DeletionAnswer.acknowledged();
		DeletionRequests next = requests();
		next.start();
		Patience.end(this.threads.get(0));
		assertThat(this.threads.get(0).getName()).isEqualTo("telemetry-deletion");
		assertThat(this.threads.get(0).isDaemon()).isTrue();
		assertThat(next.status().outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
		assertThat(stored()).isZero();
	}

	@Test
	@Timeout(60)
	void stopEndsTheThreadThatWaits() throws Exception {
		this.ids.sent.add("id-1");
		this.requestor = (request) -> DeletionAnswer.later("down", null);
		DeletionRequests requests = requests();
		new TelemetryReset(this::disable, this.ids, List.of(), requests).reset("command");
		assertThat(this.threads.get(0).isAlive()).isTrue();
		requests.stop();
		Patience.end(this.threads.get(0));
		assertThat(stored()).isEqualTo(1);
	}

	@Test
	@Timeout(60)
	void stopLetsAnAttemptUnderWayBeNoted() throws Exception {
		this.ids.sent.add("id-1");
		reset();
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		this.requestor = (request) -> {
			asked.countDown();
			try {
				Patience.await("the answer", answer);
				return DeletionAnswer.acknowledged();
			}
			catch (InterruptedException ex) {
				return DeletionAnswer.later("interrupted", null);
			}
		};
		DeletionRequests next = requests();
		next.start();
		Patience.await("the request", asked);
		Thread application = new Thread(next::stop);
		application.start();
		Patience.until("the stop waits for the attempt", () -> application.getState() == Thread.State.TIMED_WAITING);
		answer.countDown();
		Patience.end(application);
		assertThat(stored()).as("it would be sent again").isZero();
	}

	@Test
	@Timeout(60)
	void resetLetsNobodyOpenTheGateBeforeEverythingIsErased() throws Exception {
		try (ConsentGate gate = ConsentGate.builder(ConsentStore.file(Home.chosen(this.directory), "demo-app"))
			.tool("demo-app")
			.sources(List.of())
			.build()) {
			Thread yes = new Thread(() -> gate.enable(ConsentScope.LOCAL, null, "command"));
			Erasure erasure = new Erasure("local log", () -> {
				yes.start();
				Patience.until("the grant waits", () -> yes.getState() == Thread.State.WAITING);
				this.steps.add("open: " + (gate.session() != null));
			});
			new TelemetryReset(gate::reset, this.ids, List.of(erasure), requests()).reset("command");
			Patience.end(yes);
			assertThat(this.steps).containsExactly("read ids", "open: false", "erase ids");
			assertThat(gate.session()).isNotNull();
		}
	}

	@Test
	@Timeout(60)
	void resetWhenTheRequestorBreaksTheThreadBeginsAnotherNextTime() throws Exception {
		this.ids.sent.add("id-1");
		AtomicInteger attempts = new AtomicInteger();
		this.requestor = (request) -> {
			if (attempts.incrementAndGet() == 1) {
				throw new Death();
			}
			return DeletionAnswer.acknowledged();
		};
		this.nanos = new AtomicLong();
		DeletionRequests requests = requests();
		TelemetryReset reset = new TelemetryReset(this::disable, this.ids, List.of(), requests);
		assertThat(reset.reset("command").outcome()).isEqualTo(DeletionOutcome.REQUESTED);
		Patience.end(this.threads.get(0));
		this.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
		assertThat(reset.reset("command").outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
	}

	@Test
	@Timeout(60)
	void resetTwiceWithinAMinuteSendsOneRequestOnce() {
		this.ids.sent.add("id-1");
		List<DeletionRequest> attempts = Collections.synchronizedList(new ArrayList<>());
		this.requestor = (request) -> {
			attempts.add(request);
			return DeletionAnswer.later("down", Duration.ofMinutes(2));
		};
		this.nanos = new AtomicLong();
		DeletionRequests requests = requests();
		TelemetryReset reset = new TelemetryReset(this::disable, this.ids, List.of(), requests);
		for (int i = 0; i < 10; i++) {
			assertThat(reset.reset("command").outcome()).isEqualTo(DeletionOutcome.REQUESTED);
		}
		requests.stop();
		assertThat(attempts).hasSize(1);
		assertThat(stored()).isEqualTo(1);
	}

	@Test
	void resetWhenSendingIsForbiddenStartsNoThreadAndSaysWhy() {
		this.ids.sent.add("id-1");
		this.requestor = (request) -> DeletionAnswer.acknowledged();
		this.hold = "DO_NOT_TRACK is '1'";
		ResetAnswer answer = reset();
		assertThat(answer.outcome()).isEqualTo(DeletionOutcome.REQUESTED);
		assertThat(answer.deletion().lastError()).isEqualTo("held back: DO_NOT_TRACK is '1'");
		assertThat(this.threads).isEmpty();
		this.hold = null;
		assertThat(reset().outcome()).isEqualTo(DeletionOutcome.ACKNOWLEDGED);
	}

	private ResetAnswer reset(Erasure... erasures) {
		DeletionRequests requests = requests();
		try {
			return new TelemetryReset(this::disable, this.ids, List.of(erasures), requests).reset("command");
		}
		finally {
			requests.stop();
		}
	}

	private DeletionRequests requests() {
		DeletionSettings settings = new DeletionSettings("demo-app", this.requestor, this.address, null);
		DeliveryRuntime system = DeliveryRuntime.system();
		return new DeletionRequests(settings, Home.chosen(this.directory), () -> this.hold, new Problems(),
				new DeliveryRuntime(system.clock(), (this.nanos != null) ? this.nanos::get : system.nanoTime(),
						system.random(), (task) -> {
							Thread thread = new Thread(task);
							this.threads.add(thread);
							return thread;
						}));
	}

	private void step(String step) {
		this.steps.add(step);
		if (!this.dies.isEmpty() && step.endsWith(this.dies)) {
			throw new Death();
		}
	}

	private ConsentAnswer disable(String channel, Runnable whileClosed) {
		this.steps.add("disable " + channel);
		step("written disable");
		whileClosed.run();
		this.steps.add("opened again");
		return new ConsentAnswer(this.outcome, new ConsentDecision(ConsentState.DENIED, ConsentScope.NONE, null, 8,
				"denied", null, false, null, false, null, null, List.of(), NoticeHashes.NONE), null, null, 0);
	}

	private Erasure erasure(String name) {
		return new Erasure(name, () -> step("erase " + name));
	}

	private int stored() {
		String[] names = this.directory.resolve(DeletionOutbox.DIRECTORY)
			.toFile()
			.list((parent, name) -> name.startsWith("0"));
		return (names != null) ? names.length : 0;
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
			this.sent.clear();
			step("erase ids");
		}

	}

	/** What no handler of ours catches. */
	private static final class Death extends Error {

		private static final long serialVersionUID = 1L;

	}

}
