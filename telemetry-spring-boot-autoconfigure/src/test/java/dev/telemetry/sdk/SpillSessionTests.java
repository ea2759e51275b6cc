package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentInput;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.delivery.DeliverySettings;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.delivery.Spill;
import dev.telemetry.delivery.SpillSettings;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for the spill and the grants it rests on, over several starts of one tool. */
@Tag("T-08")
@Tag("T-17")
class SpillSessionTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final List<ConsentInput> said = new CopyOnWriteArrayList<>();

	private final List<TelemetrySdk> contexts = new CopyOnWriteArrayList<>();

	private final RecordingSink remote = new RecordingSink();

	@TempDir
	private Path home;

	private ConsentGate gate;

	@AfterEach
	void close() {
		this.remote.before = () -> {
		};
		this.contexts.forEach(TelemetrySdk::close);
		assertThat(this.contexts).flatExtracting((context) -> context.status().sinks())
			.allMatch(DeliveryStatus::balanced);
	}

	@Test
	void startWithoutConsentTouchesNothing() throws IOException {
		leave("a");
		List<Path> before = files();
		Files.delete(this.home.resolve("consent.json"));
		start();
		assertThat(this.gate.decision().state()).isEqualTo(ConsentState.UNDECIDED);
		assertThat(files()).isEqualTo(before).hasSize(1);
	}

	@Test
	void startUnderTheSameGrantSendsWhatWaits() throws IOException {
		leave("a");
		start().flush(PATIENCE);
		recordAndFlush("b");
		assertThat(this.remote.names()).containsExactly("a", "b");
		assertThat(files()).isEmpty();
	}

	@Test
	void disableErasesWhatWaits() throws Exception {
		TelemetrySdk context = spilled();
		assertThat(files()).hasSize(1);
		this.gate.disable("command");
		assertThat(this.home.resolve("spill")).doesNotExist();
		assertThat(context.status().sinks()).singleElement().satisfies((status) -> {
			assertThat(status.spilled()).isZero();
			assertThat(status.dropped()).containsEntry("withdrawn", 1L);
		});
	}

	@Test
	void disableWhileClosedErasesWhatWaits() throws IOException {
		leave("a");
		this.said.add(new ConsentInput(2, "telemetry.enabled", "false", "environment TELEMETRY_ENABLED", false));
		start();
		assertThat(this.gate.session()).isNull();
		assertThat(files()).hasSize(1);
		this.gate.disable("command");
		assertThat(this.home.resolve("spill")).doesNotExist();
	}

	@Test
	void startAfterARecordedNoErasesWhatWaits() throws IOException {
		leave("a");
		otherProcess().disable("command");
		assertThat(files()).hasSize(1);
		start();
		assertThat(this.home.resolve("spill")).doesNotExist();
		assertThat(this.remote.names()).isEmpty();
	}

	@Test
	void startAfterANewYesNeverSendsWhatWasRecordedUnderTheOldOne() throws IOException {
		leave("a");
		otherProcess().disable("command");
		otherProcess().enable(ConsentScope.EXPORT, null, "command");
		start();
		recordAndFlush("b");
		assertThat(this.remote.names()).containsExactly("b");
		assertThat(files()).isEmpty();
	}

	@Test
	void vetoKeepsWhatWaitsUnsentUntilItIsLifted() throws Exception {
		TelemetrySdk context = spilled();
		this.said.add(new ConsentInput(2, "telemetry.enabled", "false", "environment TELEMETRY_ENABLED", false));
		this.gate.refresh();
		this.remote.before = () -> {
		};
		assertThat(this.gate.session()).isNull();
		assertThat(files()).hasSize(1);
		assertThat(this.remote.names()).isEmpty();
		this.said.clear();
		this.gate.refresh();
		context.context().record("b");
		assertThat(context.flush(PATIENCE)).isTrue();
		// The ended lane may have let go of its directory after the new one looked
		Patience.until("both events arrive", () -> this.remote.names().size() >= 2);
		assertThat(this.remote.names()).containsExactlyInAnyOrder("a", "b");
	}

	/** A context with an event that was written and could not be sent. */
	private TelemetrySdk spilled() throws InterruptedException {
		CountDownLatch tried = new CountDownLatch(1);
		this.remote.before = () -> {
			tried.countDown();
			throw new TelemetryException(TelemetryException.Kind.HTTP, "receiver answered 503", true, null);
		};
		TelemetrySdk context = start();
		this.gate.enable(ConsentScope.EXPORT, null, "command");
		context.context().record("a");
		context.flush(Duration.ZERO);
		RecordingSink.await(tried);
		return context;
	}

	/** Leave an event behind as a tool does that ends while its receiver is down. */
	private void leave(String name) throws IOException {
		this.remote.before = () -> {
			throw new TelemetryException(TelemetryException.Kind.HTTP, "receiver answered 503", true, null);
		};
		TelemetrySdk context = start();
		this.gate.enable(ConsentScope.EXPORT, null, "command");
		context.context().record(name);
		context.close();
		this.gate.close();
		this.remote.before = () -> {
		};
		assertThat(files()).hasSize(1);
	}

	private void recordAndFlush(String name) {
		TelemetrySdk context = this.contexts.get(this.contexts.size() - 1);
		context.context().record(name);
		assertThat(context.flush(PATIENCE)).isTrue();
	}

	private TelemetrySdk start() {
		this.gate = otherProcess();
		TelemetrySdk context = TelemetrySdk.builder()
			.tool("demo-app")
			.gate(this.gate)
			.sink(this.remote)
			.delivery(DeliverySettings.DEFAULTS, PATIENCE)
			.spill(new Spill(Home.chosen(this.home), SpillSettings.DEFAULTS))
			.build();
		this.contexts.add(context);
		this.gate.refresh();
		return context;
	}

	private ConsentGate otherProcess() {
		return ConsentGate.builder(ConsentStore.file(Home.chosen(this.home), "demo-app"))
			.tool("demo-app")
			.sources(List.of(() -> List.copyOf(this.said)))
			.clocks(() -> Instant.parse("2026-11-21T03:00:00Z"), System::nanoTime)
			.build();
	}

	private List<Path> files() {
		return Installation.files(this.home.resolve("spill"))
			.stream()
			.filter((file) -> file.toString().endsWith(".batch"))
			.toList();
	}

}
