package dev.telemetry.consent.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.consent.store.ShownNotice;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands in every state. What each does in which order is tested in
 * {@link ConsentGateTests}, what happens when it fails in
 * {@link ConsentGateFailureTests}.
 */
class ConsentCommandsTests {

	private static final Duration MORE_THAN_A_YEAR = Duration.ofDays(396);

	@ParameterizedTest
	@EnumSource
	void statusCreatesAndWritesNothing(ConsentState state, @TempDir Path directory) throws IOException {
		Path file = directory.resolve("home");
		Home home = Home.chosen(file);
		ConsentStore store = ConsentStore.file(home, "demo");
		Situation situation = new Situation();
		Found found = situation.arrange(state);
		if (found.record() != null) {
			store.write(found.record());
		}
		if (found.fault() != null) {
			Files.createDirectories(file);
			Files.writeString(file.resolve("consent.json"), "{}");
		}
		Map<String, String> before = contents(directory);
		ConsentGate gate = situation.gate(store);
		assertThat(gate.refresh().state()).isEqualTo(state);
		gate.refresh();
		assertThat(gate.veto() != null).isEqualTo(
				state == ConsentState.ABSENT || state == ConsentState.VETOED || state == ConsentState.SUPPRESSED);
		assertThat(contents(directory)).isEqualTo(before);
		gate.disable("command");
		assertThat(contents(directory)).as("what a no writes is seen, unless it was written already")
			.satisfies((after) -> assertThat(after.equals(before))
				.isEqualTo(state == ConsentState.DENIED || state == ConsentState.WITHDRAWN));
	}

	@ParameterizedTest
	@EnumSource
	void disableIsAllowedInEveryStateAndLastsWhenTheStateGoes(ConsentState state) {
		GateFixture fixture = new GateFixture();
		Situation situation = new Situation();
		fixture.store.found = situation.arrange(state);
		boolean recorded = state == ConsentState.DENIED || state == ConsentState.WITHDRAWN;
		ConsentGate gate = situation.gate(fixture.store);
		gate.addListener(fixture.listener);
		assertThat(gate.refresh().state()).isEqualTo(state);
		fixture.happened.clear();
		assertThat(gate.disable("command").outcome()).isEqualTo(Outcome.DONE);
		assertThat(gate.session()).isNull();
		assertThat(fixture.store.record().granted()).isFalse();
		assertThat(fixture.happened).filteredOn((step) -> step.equals("write no")).hasSize(recorded ? 0 : 1);
		assertThat(fixture.happened).filteredOn((step) -> step.equals("set aside"))
			.hasSize((state == ConsentState.FAULT) ? 1 : 0);
		situation.input = null;
		assertThat(gate.refresh().state()).isIn(ConsentState.DENIED, ConsentState.WITHDRAWN);
	}

	@Test
	void enableChecksTheVetoThenTheNoticeThenTheHomeThenTheRecord() {
		GateFixture fixture = new GateFixture();
		fixture.inputs.add(Inputs.variable(3, "DO_NOT_TRACK", "1"));
		fixture.store.unusable = "set telemetry.home";
		fixture.store.found = Found.fault("its checksum does not match");
		assertThat(enableWith(fixture, "sha256:old")).isEqualTo(Outcome.VETOED);
		fixture.inputs.clear();
		assertThat(enableWith(fixture, "sha256:old")).isEqualTo(Outcome.NOTICE_MISMATCH);
		assertThat(enableWith(fixture, Inputs.NOTICE)).isEqualTo(Outcome.NO_HOME);
		fixture.store.unusable = null;
		assertThat(enableWith(fixture, Inputs.NOTICE)).isEqualTo(Outcome.FAULT);
		assertThat(fixture.happened).as("nothing is stored by a refusal").isEmpty();
		fixture.store.found = Found.NOTHING;
		assertThat(enableWith(fixture, Inputs.NOTICE)).isEqualTo(Outcome.DONE);
	}

	@Test
	void enableOfAUserWhoSawTheNoticeStoresItsSentencesBeforeTheReceiptThatNamesThem() {
		GateFixture fixture = new GateFixture();
		ShownNotice shown = new ShownNotice("de", "Was aufgezeichnet wird\n");
		fixture.store.shownFails = true;
		assertThat(enableShown(fixture, shown)).isEqualTo(Outcome.NOT_PERSISTED);
		assertThat(fixture.gate.session()).isNull();
		assertThat(fixture.store.receipts).isEmpty();
		fixture.store.shownFails = false;
		assertThat(enableShown(fixture, shown)).isEqualTo(Outcome.DONE);
		assertThat(fixture.happened).containsSubsequence("shown", "receipt", "write yes");
		assertThat(fixture.store.receipts).singleElement().satisfies((receipt) -> {
			assertThat(receipt.locale()).isEqualTo("de");
			assertThat(receipt.text()).isEqualTo(shown.hash());
			assertThat(receipt.notice()).isEqualTo(Inputs.NOTICE);
		});
		assertThat(enableShown(fixture, shown)).isEqualTo(Outcome.UNCHANGED);
		assertThat(fixture.store.receipts).as("no second receipt of the same grant").hasSize(1);
		fixture.gate.disable("command");
		fixture.gate.enable(ConsentScope.EXPORT, Inputs.NOTICE, "command");
		assertThat(fixture.store.receipts).last().satisfies((receipt) -> {
			assertThat(receipt.locale()).as("the control").isNull();
			assertThat(receipt.text()).isNull();
		});
	}

	private static Outcome enableShown(GateFixture fixture, ShownNotice shown) {
		return fixture.gate.enable(ConsentScope.EXPORT, Inputs.NOTICE, "command", shown).outcome();
	}

	private static Outcome enableWith(GateFixture fixture, String notice) {
		return fixture.gate.enable(ConsentScope.EXPORT, notice, "command").outcome();
	}

	@Test
	void yesInConfigurationIsLiveAndNeverBecomesARecord() {
		GateFixture fixture = new GateFixture();
		fixture.inputs.add(Inputs.enabled("true"));
		assertThat(fixture.gate.refresh().scope()).isEqualTo(ConsentScope.EXPORT);
		ConsentSession session = fixture.session();
		fixture.gate.close();
		fixture.gate.refresh();
		assertThat(fixture.happened).doesNotContain("write yes", "receipt", "keep notice");
		assertThat(fixture.store.found).isEqualTo(Found.NOTHING);
		fixture.inputs.clear();
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.UNDECIDED);
		assertThat(fixture.gate.session()).isNull();
		assertThat(session.enter()).isFalse();
	}

	@Test
	void vetoIsNeverWrittenDownAndNeverErasesAGrant() {
		GateFixture fixture = GateFixture.open();
		ConsentSession before = fixture.session();
		fixture.inputs.add(Inputs.enabled("false"));
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.VETOED);
		assertThat(before.enter()).isFalse();
		assertThat(fixture.happened).containsExactly("closing", "closed");
		fixture.inputs.clear();
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.GRANTED);
		assertThat(fixture.session().grantId()).as("the same grant").isEqualTo(before.grantId());
		assertThat(fixture.session().id()).as("another session").isNotEqualTo(before.id());
	}

	@Test
	void yesOfAPersonStaysWhenConfigurationsYesGoes() {
		GateFixture fixture = new GateFixture();
		fixture.inputs.add(Inputs.enabled("true"));
		fixture.gate.refresh();
		fixture.gate.enable(ConsentScope.LOCAL, null, "command");
		assertThat(fixture.session().scope()).isEqualTo(ConsentScope.LOCAL);
		fixture.inputs.clear();
		assertThat(fixture.gate.refresh().scope()).isEqualTo(ConsentScope.LOCAL);
	}

	private static Map<String, String> contents(Path directory) throws IOException {
		Map<String, String> contents = new TreeMap<>();
		try (Stream<Path> files = Files.walk(directory)) {
			files.forEach((file) -> contents.put(directory.relativize(file).toString(), content(file)));
		}
		return contents;
	}

	private static String content(Path file) {
		try {
			return Files.getLastModifiedTime(file)
					+ (Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What leads to a state. */
	private static final class Situation {

		private @Nullable ConsentInput input;

		private Duration later = Duration.ZERO;

		/** Set what is said and return what is found in the record. */
		Found arrange(ConsentState state) {
			switch (state) {
				case ABSENT -> this.input = Inputs.feature("false");
				case VETOED -> this.input = Inputs.enabled("false");
				case SUPPRESSED -> this.input = Inputs.variable(5, "TEST_MODE", "true");
				case STALE -> this.later = MORE_THAN_A_YEAR;
				default -> {
				}
			}
			return switch (state) {
				case FAULT -> Found.fault("its checksum does not match");
				case DENIED -> Inputs.found(Inputs.no(false));
				case WITHDRAWN -> Inputs.found(Inputs.no(true));
				case GRANTED, STALE -> Inputs.found(Inputs.yes(ConsentScope.EXPORT));
				case ABSENT, VETOED, SUPPRESSED, UNDECIDED -> Found.NOTHING;
			};
		}

		ConsentGate gate(ConsentStore store) {
			return ConsentGate.builder(store)
				.sources(List.of(() -> (this.input != null) ? List.of(this.input) : List.of()))
				.tool("demo")
				.notices(new GateFixture().notices)
				.clocks(() -> Inputs.NOW.plus(this.later), () -> 0L)
				.closeWait(Duration.ofMillis(20))
				.build();
		}

	}

}
