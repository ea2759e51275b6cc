package dev.telemetry.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.delivery.DeliverySettings;
import dev.telemetry.delivery.Spill;
import dev.telemetry.delivery.SpillSettings;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.machine.MachineIdSource;
import dev.telemetry.pipeline.Sampler;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sdk.RealCollector;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.FileSink;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.http.HttpJsonSinkFactory;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.otlp.OtlpResource;
import dev.telemetry.sink.otlp.OtlpSettings;
import dev.telemetry.sink.otlp.OtlpSinkFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code replay} of a log that a real application wrote while its receiver was down:
 * every event once at the receiver, with the identifiers of the log.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ReplayApplicationTests {

	private static final int EVENTS = 700;

	private static final Duration SHUTDOWN = Duration.ofSeconds(2);

	private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

	@TempDir
	private Path directory;

	private ReplayHome home;

	private int port;

	@BeforeEach
	void nobodyListens() throws IOException {
		this.home = new ReplayHome(Files.createDirectory(this.directory.resolve("home")));
		this.port = Receiver.freePort();
	}

	private TelemetrySinkFactory sink(String path) {
		URI address = URI.create("http://localhost:" + this.port + path);
		if (!path.startsWith("/v1/")) {
			return new HttpJsonSinkFactory(
					new HttpSettings(address, HttpHeaders.NONE, true, Duration.ofSeconds(1), "telemetry.http.endpoint"),
					TlsSource.JAVA);
		}
		OtlpSignal signal = path.endsWith("logs") ? OtlpSignal.LOGS : OtlpSignal.TRACES;
		return new OtlpSinkFactory(OtlpSettings.of(address, signal, OtlpResource.of("acme")), TlsSource.JAVA);
	}

	/** An application that was told yes and whose receiver is down. */
	private TelemetrySdk application(TelemetrySinkFactory remote, @Nullable Spill spill) throws IOException {
		Notice notice = ReplayHome.notice(ReplayHome.destination(remote.name(), remote.target()));
		StoredNotices notices = new StoredNotices(this.home.store());
		notices.publish(notice);
		InstantSource clock = InstantSource.fixed(ReplayHome.YES);
		ConsentGate gate = ConsentGate.builder(this.home.store())
			.tool("acme")
			.notices(notices)
			.clocks(clock, System::nanoTime)
			.earliest(ReplayHome.YES)
			.build();
		DeliveryRuntime system = DeliveryRuntime.system();
		TelemetrySdk application = TelemetrySdk.builder()
			.tool("acme")
			.toolVersion("1.2.3")
			.gate(gate)
			.machineIds(new MachineIdSource(MachineIdMode.ROTATING, "acme", this.home.home()),
					new IdJournal(this.home.home(), clock))
			.sink(log())
			.sink(remote)
			.spill(spill)
			.delivery(DeliverySettings.DEFAULTS, SHUTDOWN)
			.runtime(new DeliveryRuntime(InstantSource.fixed(ReplayHome.YES.plusSeconds(60)), system.nanoTime(),
					system.random(), system.threads()), new Sampler(() -> 0))
			.build();
		if (gate.refresh().scope() == ConsentScope.NONE) {
			gate.enable(ConsentScope.EXPORT, notice.hash(), "command");
		}
		return application;
	}

	private TelemetrySinkFactory log() {
		Path file = this.home.directory().resolve("telemetry.log");
		LogRotation rotation = new LogRotation(64 * 1024, 10, Duration.ofDays(30));
		return TelemetrySinkFactory.of("file", new FileSink(file, rotation, InstantSource.fixed(ReplayHome.YES)));
	}

	private static void record(TelemetrySdk application, int events) {
		for (int i = 0; i < events; i++) {
			application.context().record("order.placed", Map.of("items", i, "success", i % 2 == 0));
		}
	}

	private List<String> logged() throws IOException {
		StringBuilder log = new StringBuilder();
		for (int i = 9; i >= 0; i--) {
			Path file = this.home.directory().resolve("telemetry.log" + ((i > 0) ? "." + i : ""));
			log.append(Files.exists(file) ? Files.readString(file) : "");
		}
		return ID.matcher(log).results().map((id) -> id.group(1)).toList();
	}

	private void configure(String path) {
		this.home.variable(path.startsWith("/v1/") ? "TELEMETRY_ENDPOINT" : "TELEMETRY_HTTP_ENDPOINT",
				"http://localhost:" + this.port + path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/events", "/v1/logs", "/v1/traces" })
	void everyEventArrivesOnceAndUnderItsId(String path) throws IOException {
		try (TelemetrySdk application = application(sink(path), null)) {
			record(application, EVENTS);
		}
		List<String> logged = logged();
		assertThat(logged).hasSize(EVENTS).doesNotHaveDuplicates();
		assertThat(this.home.directory().resolve("telemetry.log.1")).exists();
		assertThat(this.home.directory().resolve("spill")).doesNotExist();
		configure(path);
		try (Receiver receiver = new Receiver(this.port)) {
			Cli.Answer answer = this.home.replay();
			assertThat(answer.err()).isEmpty();
			assertThat(answer.out()).contains("700 lines read, 700 events sent");
			assertThat(answer.code()).isZero();
			assertThat(receiver.ids()).isEqualTo(logged);
			assertThat(receiver.requests())
				.allSatisfy((request) -> assertThat(request.wire().length).isLessThan(64 * 1024));
		}
	}

	@Test
	void overOtlpTheReceiverIsToldWhatTheApplicationWouldHaveSaid() throws IOException {
		try (TelemetrySdk application = application(sink("/v1/logs"), null)) {
			record(application, 1);
		}
		configure("/v1/logs");
		this.home.variable("TELEMETRY_SERVICE_NAME", "order-desk");
		try (Receiver receiver = new Receiver(this.port)) {
			assertThat(this.home.replay().code()).isZero();
			assertThat(receiver.requests()).singleElement()
				.satisfies((request) -> assertThat(request.body()).contains("order-desk", "1.2.3", "os.type",
						"telemetry.opt_in_source", "command"));
		}
	}

	@Test
	void whatWaitsInTheSpillIsLeftToTheApplication() throws IOException {
		Spill spill = new Spill(this.home.home(), SpillSettings.DEFAULTS);
		try (TelemetrySdk application = application(sink("/events"), spill)) {
			record(application, 5);
		}
		List<String> waiting = logged();
		String other = ReplayHome.line(1, "acme", ReplayHome.YES.plusSeconds(90));
		Path log = this.home.directory().resolve("telemetry.log");
		Files.writeString(log, Files.readString(log) + other + "\n");
		configure("/events");
		try (Receiver receiver = new Receiver(this.port)) {
			assertThat(this.home.replay().out()).contains("6 lines read, 1 events sent",
					"not sent: 5 waiting for the application to send them");
			assertThat(receiver.ids()).containsExactly(ReplayHome.id(1));
			try (TelemetrySdk application = application(sink("/events"), spill)) {
				record(application, 1);
				assertThat(application.flush(Duration.ofSeconds(30))).isTrue();
			}
			assertThat(receiver.ids()).containsAll(waiting).doesNotHaveDuplicates().hasSize(7);
		}
	}

	@Test
	void whileTheApplicationRunsItsNewestEventsAreLeftToIt() throws IOException {
		Spill spill = new Spill(this.home.home(), SpillSettings.DEFAULTS);
		configure("/events");
		try (TelemetrySdk application = application(sink("/events"), spill);
				Receiver receiver = new Receiver(Receiver.freePort())) {
			record(application, 5);
			Patience.until("5 events in the log", () -> logged().size() == 5);
			Cli.Answer answer = this.home.replay();
			assertThat(answer.code()).isOne();
			assertThat(answer.out()).startsWith("nothing is sent: the application runs");
			assertThat(this.home.replay("--until", "2026-11-21T09:59:30Z").code()).isOne();
			assertThat(this.home.replay("--until", "2026-11-21T09:00:00Z").out())
				.contains("not sent: 5 waiting for the application to send them");
			assertThat(receiver.requests()).isEmpty();
		}
		assertThat(this.home.replay().out()).doesNotContain("the application runs");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/logs", "/v1/traces" })
	void everyEventArrivesOnceAtARealCollector(String path) throws Exception {
		RealCollector.require();
		try (TelemetrySdk application = application(sink(path), null)) {
			record(application, EVENTS);
		}
		configure(path);
		try (RealCollector collector = RealCollector.start(this.directory, this.port)) {
			assertThat(this.home.replay().out()).contains("700 events sent");
			List<String> arrived = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
				.matcher(String.join("\n", collector.lines()))
				.results()
				.map(MatchResult::group)
				.toList();
			assertThat(arrived).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(logged());
		}
	}

}
