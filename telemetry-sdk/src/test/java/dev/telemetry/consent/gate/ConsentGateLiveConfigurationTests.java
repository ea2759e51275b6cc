package dev.telemetry.consent.gate;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConsentGate#checkRecord()}: a grant by configuration lasts while it
 * stands there, and so does what caps it.
 */
class ConsentGateLiveConfigurationTests {

	private final GateFixture fixture = new GateFixture();

	@ParameterizedTest
	@ValueSource(strings = { "false", "perhaps" })
	void lookWhenFileSaysSomethingElseCloses(String word) {
		for (ConsentInput yes : List.of(Inputs.yaml("true"), Inputs.optInFile("true"))) {
			open(yes);
			say(new ConsentInput(yes.rule(), yes.input(), word, yes.origin(), false));
			look();
			assertClosed(ConsentState.UNDECIDED);
			assertThat(this.fixture.happened).as("what waits on disk stays").containsExactly("closing", "closed");
		}
	}

	@Test
	void lookWhenFileIsAbsentTwiceCloses() {
		for (ConsentInput yes : List.of(Inputs.yaml("true"), Inputs.optInFile("true"))) {
			open(yes);
			say(absent(yes));
			look();
			assertThat(this.fixture.pauses).isEqualTo(1);
			assertClosed(ConsentState.UNDECIDED);
			assertThat(this.fixture.happened).as("what waits on disk stays").containsExactly("closing", "closed");
		}
	}

	@Test
	void lookWhenFileIsBackAMomentLaterStaysOpen() {
		for (ConsentInput yes : List.of(Inputs.yaml("true"), Inputs.optInFile("true"))) {
			ConsentSession session = open(yes);
			for (ConsentInput meanwhile : List.of(absent(yes),
					new ConsentInput(yes.rule(), yes.input(), " ", yes.origin(), false))) {
				say(meanwhile);
				this.fixture.meanwhile = () -> {
					assertThat(session.enter()).as("nothing is shut yet").isTrue();
					session.exit();
					say(yes);
				};
				look();
				assertThat(this.fixture.gate.session()).isSameAs(session);
			}
			assertThat(this.fixture.happened).isEmpty();
		}
	}

	@Test
	void lookWhenFileIsBackLaterDoesNotOpenAgain() {
		open(Inputs.yaml("true"));
		say(absent(Inputs.yaml("true")));
		look();
		say(Inputs.yaml("true"));
		look();
		assertThat(this.fixture.gate.session()).isNull();
		this.fixture.gate.refresh();
		assertThat(this.fixture.gate.session()).isNotNull();
	}

	@Test
	void lookWhenLookedLessThanASecondAgoDoesNotLookAgain() {
		ConsentSession session = open(Inputs.yaml("true"));
		say(absent(Inputs.yaml("true")));
		this.fixture.gate.checkRecord();
		assertThat(this.fixture.gate.session()).isSameAs(session);
		later(Duration.ofMillis(500));
		this.fixture.gate.checkRecord();
		assertThat(session.enter()).isFalse();
	}

	@Test
	void lookWhenPropertyIsGoneOrAVetoAppearsCloses() {
		open(Inputs.enabled("true"));
		this.fixture.inputs.clear();
		look();
		assertClosed(ConsentState.UNDECIDED);
		open(Inputs.yaml("true"));
		this.fixture.inputs.add(Inputs.variable(3, "DO_NOT_TRACK", "1"));
		look();
		assertClosed(ConsentState.VETOED);
	}

	@Test
	void lookWhenConfigurationGoesLeavesARecordedGrantAlone() {
		open(Inputs.yaml("true"));
		this.fixture.enable();
		ConsentSession session = this.fixture.session();
		this.fixture.inputs.clear();
		look();
		assertThat(this.fixture.gate.session()).isSameAs(session);
		assertThat(session.enter()).isTrue();
		session.exit();
	}

	@Test
	void lookWhenAnotherProcessRecordedAGrantOfItsOwnStaysOpen() throws Exception {
		ConsentSession session = open(Inputs.yaml("true"));
		this.fixture.store.write(Inputs.yes(ConsentScope.EXPORT));
		look();
		assertThat(this.fixture.gate.session()).isSameAs(session);
		assertThat(session.pass(true).enter()).isTrue();
		session.pass(true).exit();
		this.fixture.inputs.clear();
		look();
		assertThat(this.fixture.gate.session()).as("now it rests on nothing").isNull();
	}

	@Test
	void lookWhenAnotherProcessRecordedLessSendsNothingMore() throws Exception {
		ConsentSession session = open(Inputs.yaml("true"));
		this.fixture.store.write(Inputs.yes(ConsentScope.LOCAL));
		look();
		assertThat(session.pass(true).enter()).isFalse();
	}

	@Test
	void lookWhenCapAppearsSendsNothingMoreAndGoesOnHere() {
		for (boolean recorded : new boolean[] { false, true }) {
			ConsentSession session = recorded ? granted() : open(Inputs.yaml("true"));
			this.fixture.cap = ConsentCap.unusable("telemetry.yaml is not valid YAML");
			look();
			assertThat(session.pass(true).enter()).isFalse();
			assertThat(session.enter()).isTrue();
			session.exit();
			assertThat(this.fixture.gate.session()).isSameAs(session);
			assertThat(session.scope()).isEqualTo(ConsentScope.LOCAL);
			assertThat(this.fixture.gate.decision().scope()).isEqualTo(ConsentScope.LOCAL);
			assertThat(session.restricted()).isTrue();
			assertThat(this.fixture.happened).containsExactly("narrowing", "narrowed", "restricted");
			this.fixture.cap = null;
			look();
			assertThat(session.pass(true).enter()).as("more is never granted by a look").isFalse();
			assertThat(session.restricted()).isTrue();
			this.fixture.gate.refresh();
			assertThat(session.scope()).isEqualTo(ConsentScope.EXPORT);
			assertThat(session.restricted()).isFalse();
			this.fixture.disable();
		}
	}

	@Test
	void lookWhenAnInputCannotBeUsedRestrictsWhatStaysHereToo() {
		ConsentSession session = open(Inputs.optInFile("true"));
		this.fixture.cap = ConsentCap.unusable("telemetry.yaml is not valid YAML");
		look();
		assertThat(this.fixture.gate.session()).isSameAs(session);
		assertThat(session.restricted()).isTrue();
		assertThat(this.fixture.happened).containsExactly("restricted");
	}

	@Test
	void lookWhenCapIsGoneAMomentLaterGoesOn() {
		ConsentSession session = granted();
		ConsentPass sending = session.pass(true);
		this.fixture.cap = ConsentCap.unusable("telemetry.yaml is not valid YAML");
		this.fixture.meanwhile = () -> this.fixture.cap = null;
		look();
		assertThat(sending.enter()).isTrue();
		sending.exit();
		assertThat(this.fixture.happened).isEmpty();
	}

	@Test
	void refreshWhenFileIsReplacedRightNowNeitherClosesNorWidens() {
		ConsentSession session = open(Inputs.yaml("true"));
		say(absent(Inputs.yaml("true")));
		this.fixture.meanwhile = () -> say(Inputs.yaml("true"));
		assertThat(this.fixture.gate.refresh().state()).isEqualTo(ConsentState.GRANTED);
		assertThat(this.fixture.session()).isSameAs(session);
		this.fixture.cap = ConsentCap.of("telemetry.local-only is true");
		this.fixture.meanwhile = () -> {
		};
		this.fixture.gate.refresh();
		this.fixture.cap = null;
		this.fixture.meanwhile = () -> this.fixture.cap = ConsentCap.of("telemetry.local-only is true");
		assertThat(this.fixture.gate.refresh().scope()).isEqualTo(ConsentScope.LOCAL);
		assertThat(session.scope()).isEqualTo(ConsentScope.LOCAL);
	}

	@Test
	void lookWhileACommandRunsShutsAtOnceAndTheNextOneTidiesUp() throws Exception {
		ConsentSession session = granted();
		this.fixture.cap = ConsentCap.of("telemetry.local-only is true");
		this.fixture.store.meanwhile = () -> {
			later(Duration.ofSeconds(1));
			Thread worker = new Thread(this.fixture.gate::checkRecord);
			worker.start();
			try {
				worker.join(30_000);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			assertThat(session.pass(true).enter()).as("during the command").isFalse();
			this.fixture.cap = null;
		};
		this.fixture.gate.refresh();
		assertThat(this.fixture.happened).containsExactly("narrowing", "narrowed", "widened");
		assertThat(session.pass(true).enter()).isTrue();
		session.pass(true).exit();
	}

	@Test
	void lookFromInsideShutsAndTheNextOneFromOutsideTidiesUp() {
		ConsentSession session = open(Inputs.yaml("true"));
		assertThat(session.pass(true).enter()).isTrue();
		this.fixture.inputs.clear();
		later(Duration.ofSeconds(1));
		this.fixture.gate.checkRecordInside();
		assertThat(session.pass(true).isShut()).isTrue();
		assertThat(this.fixture.happened).as("nobody waits for oneself").isEmpty();
		session.pass(true).exit();
		look();
		assertClosed(ConsentState.UNDECIDED);
		assertThat(this.fixture.happened).containsExactly("closing", "closed");
	}

	@Test
	void lookComparesNoticesOnce() {
		ConsentSession session = granted();
		int before = this.fixture.compared;
		for (int i = 0; i < 5; i++) {
			look();
		}
		assertThat(this.fixture.compared).isEqualTo(before);
		assertThat(this.fixture.gate.session()).isSameAs(session);
	}

	private ConsentSession granted() {
		this.fixture.inputs.clear();
		this.fixture.enable();
		this.fixture.happened.clear();
		return this.fixture.session();
	}

	private ConsentSession open(ConsentInput yes) {
		this.fixture.store.found = ConsentStore.Found.NOTHING;
		this.fixture.inputs.clear();
		this.fixture.inputs.add(yes);
		this.fixture.gate.refresh();
		this.fixture.happened.clear();
		this.fixture.pauses = 0;
		return this.fixture.session();
	}

	private void say(ConsentInput input) {
		this.fixture.inputs.removeIf((other) -> Objects.equals(other.input(), input.input()));
		this.fixture.inputs.add(input);
	}

	private static ConsentInput absent(ConsentInput input) {
		return new ConsentInput(input.rule(), input.input(), null, null, false);
	}

	private void look() {
		later(Duration.ofSeconds(1));
		this.fixture.gate.checkRecord();
	}

	private void later(Duration duration) {
		this.fixture.nanoTime.addAndGet(duration.toNanos());
	}

	private void assertClosed(ConsentState state) {
		assertThat(this.fixture.gate.session()).isNull();
		assertThat(this.fixture.gate.decision().state()).isEqualTo(state);
	}

}
