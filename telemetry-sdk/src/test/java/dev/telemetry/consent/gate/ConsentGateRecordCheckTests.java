package dev.telemetry.consent.gate;

import java.time.Duration;

import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.consent.store.ScriptedConsentStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsentGate#checkRecord()}: what another process decided. */
class ConsentGateRecordCheckTests {

	private final GateFixture fixture = GateFixture.open();

	@Test
	void checkRecordWhenAnotherProcessSaidNoClosesAndErases() {
		this.fixture.store.found = Inputs.found(Inputs.no(true));
		look(Duration.ofMillis(500));
		assertThat(this.fixture.gate.session()).isNull();
		assertThat(this.fixture.happened).containsExactly("closing", "closed", "withdrawn");
		assertThat(this.fixture.gate.decision().state()).isEqualTo(ConsentState.WITHDRAWN);
	}

	@Test
	void checkRecordWhenAnotherLaneIsLookingLetsNobodyPassWithoutALook() {
		ConsentSession session = this.fixture.session();
		boolean[] entered = { true };
		this.fixture.store.found = Inputs.found(Inputs.no(true));
		this.fixture.store.meanwhile = () -> {
			this.fixture.gate.checkRecord();
			entered[0] = session.enter();
		};
		assertThat(session.enter()).isTrue();
		session.exit();
		look(Duration.ofSeconds(10));
		assertThat(entered[0]).isFalse();
		assertThat(this.fixture.gate.session()).isNull();
	}

	@Test
	void checkRecordWhenLookedLessThanHalfASecondAgoDoesNotRead() {
		int reads = this.fixture.store.reads;
		look(Duration.ofMillis(499));
		assertThat(this.fixture.store.reads).isEqualTo(reads);
		look(Duration.ofMillis(1));
		assertThat(this.fixture.store.reads).isEqualTo(reads + 1);
		look(Duration.ofMillis(499));
		assertThat(this.fixture.store.reads).isEqualTo(reads + 1);
	}

	@Test
	void checkRecordWhenAskedToLookEachTimeLooksEachTime() {
		ScriptedConsentStore store = new ScriptedConsentStore(this.fixture.happened);
		ConsentGate gate = ConsentGate.builder(store)
			.notices(this.fixture.notices)
			.tool("demo")
			.clocks(() -> Inputs.NOW, () -> 7)
			.lookInterval(Duration.ZERO)
			.build();
		store.found = Inputs.found(Inputs.yes(ConsentScope.EXPORT));
		gate.refresh();
		int reads = store.reads;
		gate.checkRecord();
		gate.checkRecord();
		assertThat(store.reads).isEqualTo(reads + 2);
	}

	@Test
	void checkRecordWhenClosedDoesNotReadYes() {
		this.fixture.disable();
		this.fixture.store.found = Inputs.found(Inputs.yes(ConsentScope.EXPORT));
		int reads = this.fixture.store.reads;
		look(Duration.ofSeconds(5));
		assertThat(this.fixture.store.reads).isEqualTo(reads);
		assertThat(this.fixture.gate.session()).isNull();
		this.fixture.gate.refresh();
		assertThat(this.fixture.gate.session()).isNotNull();
	}

	@Test
	void checkRecordWhenRecordIsGoneDamagedOrAnotherGrantCloses() {
		for (Found found : new Found[] { Found.NOTHING, Found.fault("damaged"),
				Inputs.found(Inputs.yes(ConsentScope.EXPORT)) }) {
			GateFixture gate = GateFixture.open();
			gate.store.found = found;
			gate.nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
			gate.gate.checkRecord();
			assertThat(gate.gate.session()).as("%s", found).isNull();
			assertThat(gate.happened).containsExactly("closing", "closed");
		}
	}

	@Test
	void checkRecordWhenRecordIsTheSameStaysOpen() {
		ConsentSession session = this.fixture.session();
		look(Duration.ofSeconds(1));
		assertThat(this.fixture.gate.session()).isSameAs(session);
	}

	@Test
	void checkRecordWhenConfigurationSaysYesNeedsNoRecordButObeysNo() {
		GateFixture configured = new GateFixture();
		configured.inputs.add(Inputs.enabled("true"));
		configured.gate.refresh();
		configured.nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
		configured.gate.checkRecord();
		assertThat(configured.gate.session()).isNotNull();
		configured.store.found = Inputs.found(Inputs.no(false));
		configured.nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
		configured.gate.checkRecord();
		assertThat(configured.gate.session()).isNull();
	}

	@Test
	void checkRecordWhenRecordOfADenialDisappearsKeepsEverythingClosed() {
		this.fixture.inputs.add(Inputs.yaml("true"));
		this.fixture.store.found = Inputs.found(Inputs.no(true));
		look(Duration.ofMillis(500));
		this.fixture.store.found = Found.NOTHING;
		assertThat(this.fixture.gate.refresh().state()).isEqualTo(ConsentState.WITHDRAWN);
		assertThat(this.fixture.gate.session()).isNull();
		assertThat(this.fixture.happened).containsOnlyOnce("withdrawn");
		this.fixture.happened.clear();
		this.fixture.disable();
		assertThat(this.fixture.happened).as("a command is never answered from memory").contains("write no");
		this.fixture.store.found = Found.NOTHING;
		this.fixture.enable();
		assertThat(this.fixture.gate.session()).as("a later grant counts").isNotNull();
	}

	private void look(Duration later) {
		this.fixture.nanoTime.addAndGet(later.toNanos());
		this.fixture.gate.checkRecord();
	}

}
