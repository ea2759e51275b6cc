package dev.telemetry.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.telemetry.consent.gate.ConsentAnswer;
import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ReceiptChain;
import dev.telemetry.deletion.DeletionOutcome;
import dev.telemetry.deletion.DeletionStatus;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.event.Event;
import dev.telemetry.insight.PersonalDataExport;
import dev.telemetry.sink.otlp.FakeCollector;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An upgrade keeps what was decided: a home that an earlier version wrote opens in the
 * same state, and nothing in it is lost.
 */
class EarlierHomeTests {

	/** The commits of the versions whose homes lie below {@code earlier}. */
	private static final List<String> VERSIONS = List.of("a4b9d33", "3ecaa67");

	@TempDir
	private Path directory;

	private final EarlierReceiver receiver = new EarlierReceiver(false);

	static Stream<EarlierHome> homes(String... names) {
		return VERSIONS.stream()
			.flatMap((version) -> Arrays.stream(names).map((name) -> new EarlierHome(version, name)));
	}

	static Stream<EarlierHome> exported() {
		return Stream
			.of(homes("granted", "granted-in-database", "configured", "configured-in-home"), takenOver(), upgraded())
			.flatMap((homes) -> homes);
	}

	/** Whose record is of the second format, which {@code a4b9d33} could not write. */
	static Stream<EarlierHome> takenOver() {
		return Stream.of("taken-over", "taken-over-in-database").map((name) -> new EarlierHome("3ecaa67", name));
	}

	/** Homes of {@code a4b9d33} that {@code 3ecaa67} opened. */
	static Stream<EarlierHome> upgraded() {
		return Stream.of("upgraded", "upgraded-in-database").map((name) -> new EarlierHome("3ecaa67", name));
	}

	static Stream<EarlierHome> kept() {
		return homes("local", "opted-in");
	}

	static Stream<EarlierHome> recorded() {
		return Stream.of(homes("granted", "local", "granted-in-database"), takenOver(), upgraded())
			.flatMap((homes) -> homes);
	}

	static Stream<EarlierHome> refused() {
		return homes("denied", "withdrawn", "reset", "denied-in-database", "withdrawn-in-database");
	}

	static Stream<EarlierHome> reset() {
		return homes("reset");
	}

	static Stream<EarlierHome> all() {
		return Stream.of(exported(), kept(), refused()).flatMap((homes) -> homes);
	}

	@ParameterizedTest
	@MethodSource("exported")
	void grantStaysGrantedAndWhatWaitedIsDelivered(EarlierHome earlier) throws IOException {
		List<String> waiting = earlier.waiting();
		assertThat(waiting).hasSize(earlier.name().startsWith("taken-over") ? 4 : 2);
		start(earlier, (context, home) -> {
			assertThat(decision(context).state()).isEqualTo(ConsentState.GRANTED);
			assertThat(decision(context).scope()).isEqualTo(ConsentScope.EXPORT);
			awaitReceived(waiting.size());
			record(context);
			awaitReceived(waiting.size() + 1);
			assertThat(receivedIds().subList(0, waiting.size())).isEqualTo(waiting);
			assertThat(telemetry(context).status().sinks()).allSatisfy((sink) -> {
				assertThat(sink.dropped()).isEmpty();
				assertThat(sink.spilled()).isZero();
			});
		});
	}

	@ParameterizedTest
	@MethodSource("kept")
	void grantForThisMachineStaysOne(EarlierHome earlier) throws IOException {
		start(earlier, (context, home) -> {
			assertThat(decision(context).state()).isEqualTo(ConsentState.GRANTED);
			assertThat(decision(context).scope()).isEqualTo(ConsentScope.LOCAL);
			List<String> before = Files.readAllLines(home.resolve("telemetry.log"));
			record(context);
			assertThat(Files.readAllLines(home.resolve("telemetry.log"))).startsWith(before.toArray(String[]::new))
				.hasSize(before.size() + 1);
			assertThat(this.receiver.received).isEmpty();
		});
	}

	@ParameterizedTest
	@MethodSource("refused")
	void denialOrWithdrawalStaysOneAgainstAnyConfiguration(EarlierHome earlier) throws IOException {
		ConsentState expected = earlier.name().startsWith("denied") ? ConsentState.DENIED : ConsentState.WITHDRAWN;
		start(earlier, (context, home) -> {
			Map<String, String> before = contents(home);
			assertThat(decision(context).state()).isEqualTo(expected);
			assertThat(decision(context).scope()).isEqualTo(ConsentScope.NONE);
			record(context);
			assertThat(this.receiver.received).isEmpty();
			assertThat(contents(home)).containsExactlyEntriesOf(before);
		}, "telemetry.enabled=true");
	}

	/** The control of the others: they would not notice that everything is granted. */
	@ParameterizedTest
	@MethodSource("recorded")
	void grantThatWasDamagedIsNone(EarlierHome earlier) throws IOException {
		Path home = earlier.copyTo(this.directory.resolve("home"));
		ApplicationContextRunner application = EarlierHome.application(home, this.receiver);
		if (earlier.isInDatabase()) {
			DataSource database = earlier.database();
			assertThat(new JdbcTemplate(database)
				.update("UPDATE telemetry_consent SET record = REPLACE(record, 'export', 'local')")).isEqualTo(1);
			application = EarlierHome.withDatabase(application, database);
		}
		else {
			Path record = home.resolve("consent.json");
			Files.writeString(record, Files.readString(record).replace("export", "EXPORT").replace("local", "export"));
		}
		application.run((context) -> assertNothingIsCollected(context, ConsentState.FAULT));
	}

	@ParameterizedTest
	@MethodSource("recorded")
	void grantWhoseNoticeIsExceededIsStale(EarlierHome earlier) throws IOException {
		start(earlier, (context, home) -> assertNothingIsCollected(context, ConsentState.STALE),
				"telemetry.metadata.building=7");
	}

	/**
	 * What the first format of notices cannot say, such as a list of values, counts from
	 * the first start on; the second one says it.
	 */
	@ParameterizedTest
	@MethodSource("recorded")
	void grantIsHeldToWhatIsDeclaredAtTheFirstStart(EarlierHome earlier) throws IOException {
		Path home = earlier.copyTo(this.directory.resolve("home"));
		ApplicationContextRunner upgraded = earlier.opened(home, this.receiver);
		upgraded.run((context) -> assertThat(decision(context).state()).isEqualTo(ConsentState.GRANTED));
		upgraded.run((context) -> {
			assertThat(receipts(context)).filteredOn((line) -> line.contains("consent.rebased"))
				.hasSize(earlier.isOfTheFirstNotice() ? 1 : 0);
			assertThat(broken(receipts(context))).isZero();
		});
		int received = this.receiver.received.size();
		Path spec = this.directory.resolve("desk.telemetry.yaml");
		Files.writeString(spec,
				new ClassPathResource("dev/telemetry/earlier/desk.telemetry.yaml")
					.getContentAsString(StandardCharsets.UTF_8)
					.replace(", values: [card, invoice, voucher]", ""));
		upgraded.withPropertyValues("telemetry.specs=file:" + spec).run((context) -> {
			assertThat(decision(context).state()).isEqualTo(ConsentState.STALE);
			record(context);
			assertThat(this.receiver.received).hasSize(received);
		});
	}

	private void assertNothingIsCollected(ApplicationContext context, ConsentState state) {
		assertThat(decision(context).state()).isEqualTo(state);
		record(context);
		assertThat(this.receiver.received).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("reset")
	void requestForDeletionThatWasPendingIsSent(EarlierHome earlier) throws IOException {
		List<String> pending = earlier.pendingDeletions();
		assertThat(pending).hasSize(1);
		try (FakeCollector service = new FakeCollector()) {
			start(earlier, (context, home) -> {
				TelemetryReset reset = context.getBean(TelemetryReset.class);
				Patience.until("the deletion service answers", () -> {
					DeletionStatus status = reset.status();
					return status != null && status.outcome() == DeletionOutcome.ACKNOWLEDGED;
				});
			}, "telemetry.deletion.http.url=" + service.uri("/deletion"));
			assertThat(service.requests()).singleElement()
				.satisfies((request) -> assertThat(new String(request.body(), StandardCharsets.UTF_8))
					.isEqualTo(pending.get(0)));
		}
	}

	@ParameterizedTest
	@MethodSource("exported")
	void identifiersAndPseudonymsStayTheSame(EarlierHome earlier) throws IOException {
		start(earlier, (context, home) -> {
			byte[] secret = Files.readAllBytes(home.resolve("install-secret"));
			List<String> ids = Files.readAllLines(home.resolve("ids.jsonl"));
			record(context);
			awaitReceived(earlier.waiting().size() + 1);
			assertThat(Files.readAllBytes(home.resolve("install-secret"))).isEqualTo(secret);
			assertThat(Files.readAllLines(home.resolve("ids.jsonl"))).startsWith(ids.toArray(String[]::new));
			assertThat(this.receiver.received.stream()
				.filter((event) -> event.name().equals("order.placed"))
				.map((event) -> event.attributes().get("customer"))
				.distinct()).as("the pseudonym of the same customer, then and now").hasSize(1);
		});
	}

	@ParameterizedTest
	@MethodSource("all")
	void receiptsStayAsTheyAreAndTheChainGoesOn(EarlierHome earlier) throws IOException {
		start(earlier, (context, home) -> {
			List<String> before = receipts(context);
			assertThat(before.isEmpty()).isEqualTo(!earlier.isRecorded());
			assertThat(broken(before)).isZero();
			ConsentGate gate = telemetry(context).gate();
			ConsentAnswer answer = telemetry(context).context().isCollecting() ? gate.disable("command")
					: gate.enable(ConsentScope.EXPORT, null, "command");
			assertThat(answer.outcome()).isEqualTo(Outcome.DONE);
			List<String> after = receipts(context);
			assertThat(after).hasSize(before.size() + 1);
			assertThat(after.subList(0, before.size())).isEqualTo(before);
			assertThat(broken(after)).isZero();
			assertThat(broken(reworded(after))).as("the control").isEqualTo(earlier.isRecorded() ? 2 : 0);
		});
	}

	@ParameterizedTest
	@MethodSource("all")
	void exportHoldsEverythingThatLiesInTheHome(EarlierHome earlier) throws IOException {
		start(earlier, (context, home) -> {
			String export = export(context);
			for (String file : List.of("ids.jsonl", "telemetry.log", "consent-receipts.jsonl")) {
				if (Files.exists(home.resolve(file))) {
					assertThat(export).contains(Files.readAllLines(home.resolve(file)));
				}
			}
			for (String file : List.of("notices", "deletion")) {
				for (Path document : Installation.files(home.resolve(file))) {
					assertThat(export).contains(Files.readString(document).strip());
				}
			}
			assertThat(export).doesNotContain("\"intact\":false").doesNotContain("\"refused\":[\"");
		});
	}

	private void start(EarlierHome earlier, Visitor visitor, String... more) throws IOException {
		Path home = earlier.copyTo(this.directory.resolve("home"));
		earlier.opened(home, this.receiver).withPropertyValues(more).run((context) -> visitor.visit(context, home));
	}

	private void awaitReceived(int events) {
		Patience.until("what was spilled and recorded is delivered", () -> this.receiver.received.size() >= events);
	}

	private List<String> receivedIds() {
		return this.receiver.received.stream().map(Event::id).map(Object::toString).toList();
	}

	private static void record(ApplicationContext context) {
		EarlierHomeWriter.recordOrder(telemetry(context));
		assertThat(telemetry(context).flush(Installation.PATIENCE)).isTrue();
	}

	/** The receipts of the store, as the export shows them. */
	private static List<String> receipts(ApplicationContext context) throws IOException {
		String export = export(context);
		String start = "\"receipts\":{\"lines\":[";
		String lines = export.substring(export.indexOf(start) + start.length(),
				export.indexOf("],\"skipped\"", export.indexOf(start)));
		return lines.lines()
			.map((line) -> line.replaceAll("^,|,$", "").strip())
			.filter((line) -> !line.isEmpty())
			.toList();
	}

	private static List<String> reworded(List<String> receipts) {
		List<String> changed = new ArrayList<>(receipts);
		changed.set(0, changed.get(0).replace("command", "actuator"));
		return changed;
	}

	private static int broken(List<String> receipts) {
		ReceiptChain chain = new ReceiptChain();
		receipts.forEach((line) -> chain.add(line.getBytes(StandardCharsets.UTF_8)));
		return chain.firstBroken();
	}

	private static String export(ApplicationContext context) throws IOException {
		try (InputStream in = context.getBean(PersonalDataExport.class).open()) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static Map<String, String> contents(Path home) throws IOException {
		Map<String, String> contents = new TreeMap<>();
		for (Path file : Installation.files(home)) {
			contents.put(home.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
		}
		return contents;
	}

	private static TelemetrySdk telemetry(ApplicationContext context) {
		return context.getBean(TelemetrySdk.class);
	}

	private static ConsentDecision decision(ApplicationContext context) {
		return telemetry(context).status().consent();
	}

	/** Looks at a started application and its home. */
	private interface Visitor {

		void visit(ApplicationContext context, Path home) throws Exception;

	}

}
