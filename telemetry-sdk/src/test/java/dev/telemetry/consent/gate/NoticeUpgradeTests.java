package dev.telemetry.consent.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.NoticeFixture;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.consent.store.ConsentReceipt;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentRecordFormat;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.ScriptedConsentStore;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A grant to a notice of the first format, which left open which values a property may
 * have, after an upgrade: it stands, and is held to what can be said since.
 */
class NoticeUpgradeTests {

	private static final Notice FULL = NoticeFixture.full();

	/** The same, with any value for each property. */
	private static final Notice OPEN = NoticeFixture.builder().controller("Example Ltd").build();

	@TempDir
	private Path directory;

	private Path home;

	private ConsentStore store;

	@BeforeEach
	void grantUnderTheFirstFormat() throws IOException {
		this.home = this.directory.resolve("home");
		this.store = store();
		Notice first = FULL.inFirstFormat();
		this.store.saveNotice(first.hash(), first.toJson());
		this.store.write(
				ConsentRecord.grant(ConsentScope.EXPORT, first.hash(), "0".repeat(32), Inputs.NOW, "command", "demo"));
	}

	private ConsentStore store() {
		return ConsentStore.file(Home.chosen(this.home), "demo");
	}

	private ConsentDecision start(Notice today) {
		ConsentStore current = store();
		StoredNotices notices = new StoredNotices(current);
		notices.publish(today);
		try (ConsentGate gate = ConsentGate.builder(current)
			.tool("demo")
			.notices(notices)
			.clocks(() -> Inputs.NOW, System::nanoTime)
			.build()) {
			gate.start();
			return gate.refresh();
		}
	}

	@Test
	void grantStaysAndIsHeldToWhatCanBeSaidSince() throws IOException {
		assertThat(start(OPEN).state()).as("the control: nothing was said yet").isEqualTo(ConsentState.GRANTED);
		Files.delete(baseline());
		assertThat(start(FULL).state()).isEqualTo(ConsentState.GRANTED);
		assertThat(start(OPEN).state()).as("a value list was removed").isEqualTo(ConsentState.STALE);
		assertThat(start(FULL).state()).isEqualTo(ConsentState.GRANTED);
	}

	@Test
	void rebasingLeavesOneReceiptAndTheRecordAsItIs() throws IOException {
		byte[] record = Files.readAllBytes(this.home.resolve("consent.json"));
		ConsentDecision decision = start(FULL);
		assertThat(decision.notice().accepted()).isEqualTo(FULL.inFirstFormat().hash());
		start(FULL);
		assertThat(Files.readAllBytes(this.home.resolve("consent.json"))).isEqualTo(record);
		assertThat(Files.readAllLines(this.home.resolve("consent-receipts.jsonl"))).singleElement()
			.asString()
			.contains("\"event\":\"consent.rebased\"", "\"notice\":\"" + FULL.hash() + "\"", "\"scope\":\"export\"");
		assertThat(baseline())
			.hasContent("{\"baselines\":{\"" + FULL.inFirstFormat().hash() + "\":\"" + FULL.hash() + "\"},\"v\":1}");
		assertThat(this.store.notice(FULL.hash())).isEqualTo(FULL.toJson());
	}

	@Test
	void baselineOnlyEverNarrows() throws IOException {
		start(FULL);
		Notice less = NoticeFixture.builder().events(List.of()).controller("Example Ltd").build();
		assertThat(start(less).state()).isEqualTo(ConsentState.GRANTED);
		assertThat(start(FULL).state()).as("what was there at the first start").isEqualTo(ConsentState.GRANTED);
		assertThat(this.store.baseline(FULL.inFirstFormat().hash())).isEqualTo(FULL.hash());
	}

	@Test
	void firstControllerThatIsStatedIsAdoptedAndAnotherOneIsNot() throws IOException {
		Notice none = FULL.withController(null);
		assertThat(start(none).state()).isEqualTo(ConsentState.GRANTED);
		assertThat(start(FULL).state()).isEqualTo(ConsentState.GRANTED);
		assertThat(this.store.baseline(FULL.inFirstFormat().hash())).isEqualTo(FULL.hash());
		assertThat(start(FULL.withController("Another Ltd")).state()).isEqualTo(ConsentState.STALE);
		assertThat(start(none).state()).isEqualTo(ConsentState.STALE);
		assertThat(Files.readAllLines(this.home.resolve("consent-receipts.jsonl"))).hasSize(2);
	}

	@Test
	void grantThatTodaysNoticeExceedsIsStaleAndHeldToNothing() {
		Notice wider = NoticeFixture.builder().machineId("derived").build();
		assertThat(start(wider).state()).isEqualTo(ConsentState.STALE);
		assertThat(baseline()).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "torn", "{\"baselines\":{},\"v\":2}", "{\"v\":1,\"baselines\":{}}" })
	void baselineThatIsDamagedMakesTheGrantStale(String text) throws IOException {
		start(FULL);
		Files.writeString(baseline(), text);
		assertThat(start(FULL).state()).isEqualTo(ConsentState.STALE);
		assertThat(baseline()).hasContent(text);
	}

	@Test
	void baselineThatIsALinkOrNamesAMissingTextMakesTheGrantStale() throws IOException {
		start(FULL);
		Notice less = NoticeFixture.builder().events(List.of()).controller("Example Ltd").build();
		Path text = this.home.resolve("notices").resolve(FULL.hash().substring(7) + ".json");
		Files.delete(text);
		assertThat(start(less).state()).isEqualTo(ConsentState.STALE);
		assertThat(start(FULL).state()).as("it is today's").isEqualTo(ConsentState.GRANTED);
		Path elsewhere = Files.move(baseline(), this.directory.resolve("elsewhere"));
		Files.createSymbolicLink(baseline(), elsewhere);
		assertThat(start(FULL).state()).isEqualTo(ConsentState.STALE);
	}

	@Test
	void grantWhoseFirstTextIsMissingCoversWhatItWouldSayToday() throws IOException {
		Files.delete(this.home.resolve("notices").resolve(FULL.inFirstFormat().hash().substring(7) + ".json"));
		assertThat(start(FULL).state()).isEqualTo(ConsentState.GRANTED);
		assertThat(start(OPEN).state()).isEqualTo(ConsentState.STALE);
		assertThat(start(FULL.withController("Another Ltd")).state()).isEqualTo(ConsentState.STALE);
	}

	@Test
	void baselineThatCannotBeWrittenLeavesTheGrantAsItWas() {
		ScriptedConsentStore scripted = granted();
		scripted.baselineFails = true;
		ConsentGate gate = gate(scripted, FULL);
		assertThat(gate.start().state()).isEqualTo(ConsentState.GRANTED);
		assertThat(scripted.receipts).isEmpty();
		scripted.baselineFails = false;
		assertThat(gate.refresh().state()).isEqualTo(ConsentState.GRANTED);
		assertThat(scripted.happened).as("to look writes nothing").isEmpty();
		gate.start();
		assertThat(scripted.receipts).extracting(ConsentReceipt::kind).containsExactly(ConsentReceipt.Kind.REBASED);
		assertThat(scripted.happened).as("the receipt is of what is done").containsExactly("baseline", "receipt");
	}

	@Test
	void baselineOfAnotherProcessThatWasFasterCounts() {
		ScriptedConsentStore scripted = granted();
		scripted.notices.put(FULL.hash(), FULL.toJson());
		ConsentStore faster = new FasterStore(scripted);
		assertThat(gate(faster, OPEN).start().state()).isEqualTo(ConsentState.STALE);
		assertThat(scripted.receipts).isEmpty();
		assertThat(gate(faster, FULL).start().state()).isEqualTo(ConsentState.GRANTED);
	}

	private static ScriptedConsentStore granted() {
		ScriptedConsentStore scripted = new ScriptedConsentStore(new ArrayList<>());
		Notice first = FULL.inFirstFormat();
		scripted.notices.put(first.hash(), first.toJson());
		scripted.found = new ConsentStore.Found(
				ConsentRecord.grant(ConsentScope.EXPORT, first.hash(), "0".repeat(32), Inputs.NOW, "command", "demo")
					.withSeq(1),
				null);
		return scripted;
	}

	private static ConsentGate gate(ConsentStore store, Notice today) {
		StoredNotices notices = new StoredNotices(store);
		notices.publish(today);
		return ConsentGate.builder(store)
			.tool("demo")
			.notices(notices)
			.clocks(() -> Inputs.NOW, System::nanoTime)
			.build();
	}

	@Test
	void grantIdOfAConfigurationIsThatOfTheEarlierVersion() {
		ConsentStore memory = ConsentStore.memory();
		StoredNotices notices = new StoredNotices(memory);
		notices.publish(FULL);
		ConsentGate gate = ConsentGate.builder(memory)
			.notices(notices)
			.sources(List.of(() -> List.of(Inputs.enabled("true"))))
			.build();
		String first = FULL.inFirstFormat().hash();
		assertThat(gate.refresh().grantId()).isEqualTo(ConsentRecordFormat.checksum("10\n" + first));
	}

	/** A store in which another process is faster when a baseline is written. */
	private record FasterStore(ScriptedConsentStore store) implements ConsentStore {

		@Override
		public Found read() {
			return this.store.read();
		}

		@Override
		public ConsentRecord write(ConsentRecord record) throws IOException {
			return this.store.write(record);
		}

		@Override
		public void setAside() {
			this.store.setAside();
		}

		@Override
		public void appendReceipt(ConsentReceipt receipt) throws IOException {
			this.store.appendReceipt(receipt);
		}

		@Override
		public void saveNotice(String hash, byte[] json) {
			this.store.saveNotice(hash, json);
		}

		@Override
		public byte[] notice(String hash) {
			return this.store.notice(hash);
		}

		@Override
		public String baseline(String accepted) {
			return this.store.baseline(accepted);
		}

		@Override
		public boolean saveBaseline(String accepted, String expected, String notice) {
			this.store.baselines.put(accepted, FULL.hash());
			return false;
		}

		@Override
		public String unusable() {
			return null;
		}

	}

	private Path baseline() {
		return this.home.resolve("notices").resolve("baseline");
	}

}
