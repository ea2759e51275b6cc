package dev.telemetry.consent.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import dev.telemetry.consent.gate.ConsentResolver.Circumstances;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore.Found;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every combination of representative inputs of {@link ConsentResolver}. */
@Tag("exhaustive")
class ConsentResolverEnumerationTests {

	private static final List<@Nullable String> WORDS = Arrays.asList(null, "true", "false", "maybe");

	private static final List<Found> RECORDS = List.of(Found.NOTHING, Found.fault("damaged"),
			Inputs.found(Inputs.no(false)), Inputs.found(Inputs.no(true)), Inputs.found(Inputs.yes(ConsentScope.LOCAL)),
			Inputs.found(Inputs.yes(ConsentScope.EXPORT)), Inputs.found(
					ConsentRecord.grant(ConsentScope.EXPORT, null, Inputs.GRANT_ID, Inputs.NOW, "actuator", "demo")));

	private static final List<Circumstances> CIRCUMSTANCES = List.of(Inputs.TODAY, Inputs.CAPPED, Inputs.UNUSABLE,
			new Circumstances(Inputs.NOW, "sha256:other", "sha256:other"::equals, null),
			new Circumstances(Inputs.NOW, "sha256:narrower", Objects::nonNull, null),
			new Circumstances(Inputs.NOW, null, (accepted) -> false, null),
			new Circumstances(Inputs.NOW.minus(Duration.ofDays(2)), Inputs.NOTICE, Inputs.NOTICE::equals, null),
			new Circumstances(null, Inputs.NOTICE, Inputs.NOTICE::equals, null),
			new Circumstances(Inputs.NOW.plus(Duration.ofDays(400)), Inputs.NOTICE, Inputs.NOTICE::equals, null));

	private static final List<ConsentPolicy> POLICIES = List.of(ConsentPolicy.DEFAULTS,
			new ConsentPolicy(Duration.ofDays(395), false, false, false, null, false),
			new ConsentPolicy(Duration.ofDays(395), true, true, true, Inputs.NOTICE, true));

	private final Map<ConsentState, Integer> states = new EnumMap<>(ConsentState.class);

	private final List<String> violations = new ArrayList<>();

	private int combinations;

	@Test
	void resolveWhenAnyCombinationKeepsTheInvariants() {
		forEach(this::check);
		System.out.println("Consent: combinations=" + this.combinations + " violations=" + this.violations.size()
				+ " states=" + this.states);
		assertThat(this.violations).isEmpty();
		assertThat(this.combinations).isGreaterThan(10_000);
		assertThat(this.states).containsOnlyKeys(ConsentState.values());
	}

	private void check(Case it) {
		ConsentDecision decision = it.resolve();
		this.combinations++;
		this.states.merge(decision.state(), 1, Integer::sum);
		boolean open = decision.scope() != ConsentScope.NONE;
		expect(open == (decision.state() == ConsentState.GRANTED), "open and granted are one", it);
		expect(!open || it.recordedYes() || it.configuredYes() || it.homeYes() || it.fileYes(), "silence is no yes",
				it);
		expect(!open || !it.vetoed(), "a veto closes", it);
		expect(!open || !it.recordedNo(), "a recorded no closes", it);
		expect(decision.scope() != ConsentScope.EXPORT || it.circumstances().cap() == null, "the cap holds", it);
		checkCap(it, decision);
		expect(decision.scope() != ConsentScope.EXPORT || it.recordedYes() || it.configuredYes() || it.homeYes(),
				"the opt-in file does not export", it);
		ConsentRecord record = it.found().record();
		if (open && decision.rule() == 9 && record != null) {
			Instant now = it.circumstances().now();
			expect(now == null || (!record.asOf().isBefore(now.minus(it.policy().maxAge()))
					&& !record.asOf().isAfter(now.plus(Duration.ofDays(1)))), "a recorded yes is of our time", it);
			expect(it.circumstances().covered().test(record.notice()), "a recorded yes covers what is collected", it);
		}
		if (open && (decision.rule() == 10 || decision.rule() == 11)) {
			String pinned = it.policy().notice();
			expect(pinned == null || it.circumstances().covered().test(pinned), "a named notice covers it", it);
		}
		expect(decision.state() != ConsentState.STALE || decision.recordedScope() != null,
				"stale says what was granted", it);
		checkNeighbours(it, decision);
	}

	private void checkCap(Case it, ConsentDecision decision) {
		ConsentCap cap = it.circumstances().cap();
		ConsentDecision uncapped = it.withCap(null).resolve();
		boolean unusable = cap != null && cap.unusableInput();
		expect(decision.restricted() == (unusable && decision.state() == ConsentState.GRANTED),
				"what cannot be used restricts what is granted, and nothing else does", it);
		expect(decision.state() == uncapped.state() && decision.rule() == uncapped.rule(),
				"a cap is neither a grant nor a veto", it);
		expect(decision.recordedScope() == uncapped.recordedScope(), "a cap forgets no grant", it);
		expect((decision.cap() != null) == (decision.scope() != uncapped.scope()),
				"a cap is named where it takes something away", it);
		expect(decision.scope() != ConsentScope.NONE || uncapped.scope() == ConsentScope.NONE,
				"under a cap events are still recorded here", it);
	}

	/** What must hold between a combination and one that differs in one place. */
	private void checkNeighbours(Case it, ConsentDecision decision) {
		if ("maybe".equals(it.enabled())) {
			atMost(decision, it.withEnabled(null), "broken configuration opens no more than absent", it);
		}
		if ("maybe".equals(it.yaml()) || "maybe".equals(it.file())) {
			atMost(decision, it.withHome("maybe".equals(it.yaml()) ? null : it.yaml(),
					"maybe".equals(it.file()) ? null : it.file()), "broken files open no more than absent", it);
		}
		if (it.found().fault() != null) {
			atMost(decision, it.withFound(Found.NOTHING), "a broken record opens no more than absent", it);
		}
		ConsentRecord record = it.found().record();
		if (record != null && record.granted()) {
			Case alone = it.withEnabled(null).withHome(null, null);
			if (it.variables().get(3) == null) {
				atMost(decision, alone, "nothing widens a person's yes, nor a stale one", it);
			}
		}
		Case silenced = it.withEnabled(null).withHome(null, null).withFound(Found.NOTHING);
		expect(silenced.resolve().scope() == ConsentScope.NONE, "removing every yes closes", it);
	}

	private void atMost(ConsentDecision decision, Case other, String invariant, Case it) {
		expect(decision.scope().compareTo(other.resolve().scope()) <= 0, invariant, it);
	}

	private void expect(boolean holds, String invariant, Case it) {
		if (!holds) {
			this.violations.add(invariant + ": " + it);
		}
	}

	private static void forEach(Consumer<Case> action) {
		for (String feature : WORDS) {
			for (String enabled : WORDS) {
				for (String yaml : WORDS) {
					for (String file : WORDS) {
						for (List<@Nullable String> variables : variables()) {
							forEachFound(new Case(feature, enabled, yaml, file, variables, false, Found.NOTHING,
									Inputs.TODAY, ConsentPolicy.DEFAULTS), action);
						}
					}
				}
			}
		}
	}

	private static void forEachFound(Case base, Consumer<Case> action) {
		for (Found found : RECORDS) {
			for (Circumstances circumstances : CIRCUMSTANCES) {
				for (ConsentPolicy policy : POLICIES) {
					for (boolean packaged : new boolean[] { false, true }) {
						action.accept(new Case(base.feature(), base.enabled(), base.yaml(), base.file(),
								base.variables(), packaged, found, circumstances, policy));
					}
				}
			}
		}
	}

	/** None, and each alone: DO_NOT_TRACK, OTEL_SDK_DISABLED, a test, CI. */
	private static List<List<@Nullable String>> variables() {
		List<List<@Nullable String>> all = new ArrayList<>();
		all.add(Arrays.asList(null, null, null, null));
		for (int i = 0; i < 4; i++) {
			@Nullable String[] one = new @Nullable String[4];
			one[i] = "true";
			all.add(Arrays.asList(one));
		}
		return all;
	}

	/** One combination. */
	private record Case(@Nullable String feature, @Nullable String enabled, @Nullable String yaml,
			@Nullable String file, List<@Nullable String> variables, boolean packaged, Found found,
			Circumstances circumstances, ConsentPolicy policy) {

		ConsentDecision resolve() {
			return new ConsentResolver(this.policy, "consent.json").resolve(
					List.of(new ConsentInput(1, "telemetry.feature.enabled", this.feature, null, false),
							new ConsentInput(2, "telemetry.enabled", this.enabled, null, this.packaged), variable(3),
							variable(4), variable(5), variable(6),
							new ConsentInput(11, "telemetry.yaml", this.yaml, null, false),
							new ConsentInput(12, "telemetry.opt-in", this.file, null, false)),
					this.found, this.circumstances);
		}

		private ConsentInput variable(int rule) {
			return new ConsentInput(rule, "variable", this.variables.get(rule - 3), null, false);
		}

		boolean vetoed() {
			return no(this.feature) || no(this.enabled) || this.variables.get(0) != null
					|| this.variables.get(1) != null
					|| (this.variables.get(2) != null && this.policy.detectTestEnvironment())
					|| (this.variables.get(3) != null && this.policy.detectCi() && !configuredYes());
		}

		private static boolean no(@Nullable String word) {
			return word != null && !word.equals("true");
		}

		boolean recordedYes() {
			ConsentRecord record = this.found.record();
			return record != null && record.granted();
		}

		boolean recordedNo() {
			ConsentRecord record = this.found.record();
			return record != null && !record.granted();
		}

		boolean configuredYes() {
			return "true".equals(this.enabled) && (this.policy.trustPackaged() || !this.packaged);
		}

		boolean homeYes() {
			return "true".equals(this.yaml);
		}

		boolean fileYes() {
			return "true".equals(this.file);
		}

		Case withEnabled(@Nullable String value) {
			return new Case(this.feature, value, this.yaml, this.file, this.variables, this.packaged, this.found,
					this.circumstances, this.policy);
		}

		Case withHome(@Nullable String home, @Nullable String optIn) {
			return new Case(this.feature, this.enabled, home, optIn, this.variables, this.packaged, this.found,
					this.circumstances, this.policy);
		}

		Case withCap(@Nullable ConsentCap cap) {
			return new Case(this.feature, this.enabled, this.yaml, this.file, this.variables, this.packaged, this.found,
					new Circumstances(this.circumstances.now(), this.circumstances.notice(),
							this.circumstances.covered(), cap),
					this.policy);
		}

		Case withFound(Found other) {
			return new Case(this.feature, this.enabled, this.yaml, this.file, this.variables, this.packaged, other,
					this.circumstances, this.policy);
		}

	}

}
