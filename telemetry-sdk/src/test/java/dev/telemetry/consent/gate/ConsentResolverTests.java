package dev.telemetry.consent.gate;

import java.time.Duration;
import java.time.Instant;

import dev.telemetry.consent.gate.ConsentResolver.Circumstances;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.consent.store.NoticeHashes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.telemetry.consent.gate.Inputs.CAPPED;
import static dev.telemetry.consent.gate.Inputs.NOTICE;
import static dev.telemetry.consent.gate.Inputs.NOW;
import static dev.telemetry.consent.gate.Inputs.TODAY;
import static dev.telemetry.consent.gate.Inputs.enabled;
import static dev.telemetry.consent.gate.Inputs.feature;
import static dev.telemetry.consent.gate.Inputs.found;
import static dev.telemetry.consent.gate.Inputs.no;
import static dev.telemetry.consent.gate.Inputs.optIn;
import static dev.telemetry.consent.gate.Inputs.optInFile;
import static dev.telemetry.consent.gate.Inputs.packaged;
import static dev.telemetry.consent.gate.Inputs.resolve;
import static dev.telemetry.consent.gate.Inputs.variable;
import static dev.telemetry.consent.gate.Inputs.yaml;
import static dev.telemetry.consent.gate.Inputs.yes;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsentResolver}: one for each rule and its edges. */
@Tag("F-18")
class ConsentResolverTests {

	private static final ConsentPolicy DEFAULTS = ConsentPolicy.DEFAULTS;

	private static final Duration MAX_AGE = DEFAULTS.maxAge();

	@ParameterizedTest
	@CsvSource({ "false, is 'false'", "off, is 'off'", "maybe, is neither yes nor no", "'', is blank" })
	void resolveWhenAuthorsGateIsShutIsAbsent(String value, String said) {
		ConsentDecision decision = resolve(found(yes(ConsentScope.EXPORT)), feature(value), enabled("true"));
		assertClosed(decision, ConsentState.ABSENT, 1);
		assertThat(decision.reason()).isEqualTo("the author's gate is shut: telemetry.feature.enabled " + said);
		assertThat(decision.origin()).isEqualTo("application.yaml:1");
		assertThat(resolve(feature("yes"), enabled("true")).state()).isEqualTo(ConsentState.GRANTED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "false", "NO", " n ", "Off" })
	void resolveWhenConfigurationSaysNoIsVetoedBeforeRecord(String value) {
		ConsentDecision decision = resolve(found(yes(ConsentScope.EXPORT)), enabled(value), optInFile("true"));
		assertClosed(decision, ConsentState.VETOED, 2);
		assertThat(decision.origin()).isEqualTo("application.yaml:2");
		assertThat(decision.reason()).isEqualTo("telemetry.enabled is '" + value.trim() + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "maybe", "2", "truee", "tr ue", "${MISSING}", "a-secret-set-by-mistake" })
	void resolveWhenConfigurationSaysNeitherIsVetoedWithoutShowingTheValue(String value) {
		ConsentDecision decision = resolve(found(yes(ConsentScope.EXPORT)), enabled(value), optInFile("true"));
		assertClosed(decision, ConsentState.VETOED, 2);
		assertThat(decision.reason()).isEqualTo("telemetry.enabled is neither yes nor no");
		assertThat(enabled(value).shown()).isEqualTo("neither yes nor no");
	}

	@Test
	void resolveWhenInputIsOverruledShowsItButDoesNotCountIt() {
		ConsentInput lost = new ConsentInput(2, "telemetry.enabled", "false", "application.yaml:9", false, true);
		ConsentDecision decision = resolve(enabled("true"), lost);
		assertThat(decision.state()).isEqualTo(ConsentState.GRANTED);
		assertThat(decision.others()).contains(lost);
		assertClosed(resolve(enabled("true"), enabled("false")), ConsentState.VETOED, 2);
	}

	@Test
	void resolveWhenAliasAndPropertyDisagreeNoWins() {
		assertClosed(resolve(enabled("true"), optIn("false")), ConsentState.VETOED, 2);
		assertClosed(resolve(enabled("false"), optIn("true")), ConsentState.VETOED, 2);
		assertThat(resolve(enabled(""), optIn("true")).channel()).isEqualTo("env");
	}

	@Test
	void resolveWhenPackagedNoVetoesEvenIfNotTrusted() {
		assertClosed(resolve(distrusting(), TODAY, Found.NOTHING, packaged("false"), optIn("true")),
				ConsentState.VETOED, 2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "true", "yes", "please", " 2 " })
	void resolveWhenDoNotTrackIsVetoed(String value) {
		ConsentDecision decision = resolve(found(yes(ConsentScope.EXPORT)), enabled("true"),
				variable(3, "DO_NOT_TRACK", value));
		assertClosed(decision, ConsentState.VETOED, 3);
		assertThat(decision.origin()).isEqualTo("environment DO_NOT_TRACK");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "0", "false", " FALSE ", "no", "Off" })
	void resolveWhenDoNotTrackIsTakenBackGoesOn(String value) {
		assertGranted(resolve(enabled("true"), variable(3, "DO_NOT_TRACK", value)), ConsentScope.EXPORT, 10);
	}

	@Test
	void resolveWhenLongValueOnlyBeginsWithWordReadsItAsNeither() {
		String blanks = " ".repeat(70);
		assertClosed(resolve(enabled("true" + blanks + "not")), ConsentState.VETOED, 2);
		assertClosed(resolve(enabled("true"), variable(3, "DO_NOT_TRACK", "0" + blanks + "1")), ConsentState.VETOED, 3);
		assertClosed(resolve(optInFile("true" + blanks + "not")), ConsentState.UNDECIDED, 13);
		assertThat(optInFile("x".repeat(65)).value()).hasSize(64).endsWith("x...");
		assertThat(optInFile("x".repeat(64)).value()).hasSize(64).endsWith("xxxx");
	}

	@Test
	void resolveWhenSdkIsDisabledIsVetoedByTrueOnly() {
		assertClosed(resolve(enabled("true"), variable(4, "OTEL_SDK_DISABLED", " TRUE ")), ConsentState.VETOED, 4);
		assertGranted(resolve(enabled("true"), variable(4, "OTEL_SDK_DISABLED", "1")), ConsentScope.EXPORT, 10);
		assertClosed(resolve(variable(4, "OTEL_SDK_DISABLED", "false")), ConsentState.UNDECIDED, 13);
	}

	@Test
	void resolveWhenTestEnvironmentIsSuppressedUnlessDetectionIsOff() {
		ConsentInput evidence = variable(5, "TEST_MODE", "true");
		ConsentDecision decision = resolve(found(yes(ConsentScope.EXPORT)), evidence, enabled("true"));
		assertClosed(decision, ConsentState.SUPPRESSED, 5);
		assertThat(decision.reason()).isEqualTo("a test environment was detected: TEST_MODE is 'true'");
		ConsentPolicy off = new ConsentPolicy(MAX_AGE, true, false, true, null, false);
		assertGranted(resolve(off, TODAY, Found.NOTHING, evidence, enabled("true")), ConsentScope.EXPORT, 10);
	}

	@Test
	void resolveWhenCiNeedsYesOfConfiguration() {
		ConsentInput ci = variable(6, "CI", "true");
		assertClosed(resolve(found(yes(ConsentScope.EXPORT)), ci, optInFile("true"), yaml("true")),
				ConsentState.SUPPRESSED, 6);
		assertGranted(resolve(ci, enabled("true")), ConsentScope.EXPORT, 10);
		assertGranted(resolve(found(yes(ConsentScope.LOCAL)), ci, enabled("true")), ConsentScope.LOCAL, 9);
		assertClosed(resolve(distrusting(), TODAY, Found.NOTHING, ci, packaged("true")), ConsentState.SUPPRESSED, 6);
		ConsentPolicy off = new ConsentPolicy(MAX_AGE, true, true, false, null, false);
		assertGranted(resolve(off, TODAY, Found.NOTHING, ci, optInFile("true")), ConsentScope.LOCAL, 12);
	}

	@Test
	void resolveWhenRecordCannotBeTrustedIsFaultBeforeEveryYes() {
		ConsentDecision decision = resolve(Found.fault("its checksum does not match"), enabled("true"),
				optInFile("true"));
		assertClosed(decision, ConsentState.FAULT, 7);
		assertThat(decision.reason()).contains("its checksum does not match");
		assertThat(decision.origin()).isEqualTo("consent.json");
	}

	@Test
	void resolveWhenRecordedNoBeatsConfiguration() {
		ConsentDecision denied = resolve(found(no(false)), enabled("true"));
		assertClosed(denied, ConsentState.DENIED, 8);
		assertThat(denied.reason()).isEqualTo("denied on the command line on 2026-11-21T03:00:00Z");
		assertClosed(resolve(found(no(true)), enabled("true")), ConsentState.WITHDRAWN, 8);
	}

	@Test
	void resolveWhenRecordedYesStandsKeepsItsScope() {
		ConsentDecision decision = resolve(found(yes(ConsentScope.LOCAL)), enabled("true"), yaml("true"));
		assertGranted(decision, ConsentScope.LOCAL, 9);
		assertThat(decision.channel()).isEqualTo("actuator");
		assertThat(decision.grantId()).isEqualTo(Inputs.GRANT_ID);
		assertGranted(resolve(found(yes(ConsentScope.EXPORT))), ConsentScope.EXPORT, 9);
	}

	@Test
	void resolveWhenRecordedYesIsTooOldIsStale() {
		Found found = found(yes(ConsentScope.EXPORT));
		assertGranted(resolve(DEFAULTS, at(NOW.plus(MAX_AGE)), found), ConsentScope.EXPORT, 9);
		ConsentDecision decision = resolve(DEFAULTS, at(NOW.plus(MAX_AGE).plusNanos(1)), found, enabled("true"));
		assertClosed(decision, ConsentState.STALE, 9);
		assertThat(decision.reason()).contains("telemetry.consent.max-age");
		assertThat(resolve(DEFAULTS, at(Instant.MIN), found).rule()).isEqualTo(9);
		assertClosed(resolve(DEFAULTS, at(Instant.MAX), found), ConsentState.STALE, 9);
	}

	@Test
	void resolveWhenYesIsFromTheEndOfTimeDoesNotFail() {
		ConsentRecord yes = ConsentRecord.grant(ConsentScope.LOCAL, NOTICE, Inputs.GRANT_ID, Instant.MAX, "command",
				"demo");
		assertThat(resolve(found(yes)).rule()).isEqualTo(9);
	}

	@Test
	void resolveWhenMoreIsCollectedThanAgreedIsStaleAndNotWidened() {
		Circumstances other = new Circumstances(NOW, "sha256:other", "sha256:other"::equals, null);
		ConsentDecision decision = resolve(DEFAULTS, other, found(yes(ConsentScope.EXPORT)), enabled("true"),
				yaml("true"), optInFile("true"));
		assertClosed(decision, ConsentState.STALE, 9);
	}

	@Test
	void resolveWhenConfigurationSaysYesIsGranted() {
		ConsentDecision decision = resolve(enabled("on"), optInFile("true"));
		assertGranted(decision, ConsentScope.EXPORT, 10);
		assertThat(decision.channel()).isEqualTo("config");
		assertThat(decision.reason()).isEqualTo("telemetry.enabled is 'on'");
		assertThat(decision.packaged()).isFalse();
		ConsentDecision byProperty = resolve(
				new ConsentInput(2, "telemetry.enabled", "true", "system property telemetry.enabled", false));
		assertThat(byProperty.channel()).isEqualTo("env");
	}

	@Test
	void resolveWhenPackagedYesIsMarkedAndCountsOnlyIfTrusted() {
		ConsentDecision decision = resolve(packaged("true"));
		assertGranted(decision, ConsentScope.EXPORT, 10);
		assertThat(decision.packaged()).isTrue();
		assertClosed(resolve(distrusting(), TODAY, Found.NOTHING, packaged("true")), ConsentState.UNDECIDED, 13);
		ConsentDecision external = resolve(distrusting(), TODAY, Found.NOTHING, packaged("true"), optIn("true"));
		assertThat(external.packaged()).isFalse();
	}

	@Test
	void resolveWhenConfigurationPinsNoticeItMustBeTodays() {
		ConsentPolicy pinned = new ConsentPolicy(MAX_AGE, true, true, true, NOTICE, false);
		ConsentPolicy stale = new ConsentPolicy(MAX_AGE, true, true, true, "sha256:old", false);
		assertGranted(resolve(pinned, TODAY, Found.NOTHING, enabled("true")), ConsentScope.EXPORT, 10);
		assertClosed(resolve(stale, TODAY, Found.NOTHING, enabled("true")), ConsentState.STALE, 10);
		assertClosed(resolve(stale, TODAY, Found.NOTHING, yaml("true")), ConsentState.STALE, 11);
	}

	@Test
	void resolveWhenHomeFileSaysYesIsGrantedAndNoMeansNotFromHere() {
		ConsentDecision decision = resolve(yaml("true"), optInFile("true"));
		assertGranted(decision, ConsentScope.EXPORT, 11);
		assertThat(decision.channel()).isEqualTo("config");
		assertGranted(resolve(yaml("false"), optInFile("true")), ConsentScope.LOCAL, 12);
	}

	@Test
	void resolveWhenOptInFileSaysYesIsLocalOnly() {
		ConsentDecision decision = resolve(optInFile("y"));
		assertGranted(decision, ConsentScope.LOCAL, 12);
		assertThat(decision.channel()).isEqualTo("file");
	}

	@Test
	void resolveWhenNobodySaidAnythingIsUndecided() {
		ConsentDecision decision = resolve();
		assertClosed(decision, ConsentState.UNDECIDED, 13);
		assertThat(decision.origin()).isNull();
		assertThat(decision.reason()).isEqualTo("no decision has been made");
	}

	@Test
	void resolveWhenCappedExportBecomesLocalWithReason() {
		for (ConsentDecision decision : new ConsentDecision[] {
				resolve(DEFAULTS, CAPPED, found(yes(ConsentScope.EXPORT))),
				resolve(DEFAULTS, CAPPED, Found.NOTHING, enabled("true")) }) {
			assertThat(decision.state()).isEqualTo(ConsentState.GRANTED);
			assertThat(decision.scope()).isEqualTo(ConsentScope.LOCAL);
			assertThat(decision.recordedScope()).isEqualTo(ConsentScope.EXPORT);
			assertThat(decision.cap()).isEqualTo("telemetry.local-only is true");
		}
		ConsentDecision local = resolve(DEFAULTS, CAPPED, found(yes(ConsentScope.LOCAL)));
		assertThat(local.cap()).as("nothing was taken away").isNull();
	}

	@Test
	void resolveWhenDecidedListsAllOthers() {
		ConsentInput decisive = enabled("true");
		ConsentDecision decision = resolve(decisive, optInFile("maybe"), variable(3, "DO_NOT_TRACK", "0"));
		assertThat(decision.others()).extracting(ConsentInput::input)
			.containsExactly("telemetry.opt-in", "DO_NOT_TRACK", "consent.json");
	}

	@Test
	void resolveWhenGrantIsNotRecordedItsIdIsHashOfRuleAndNotice() {
		String id = resolve(enabled("true")).grantId();
		assertThat(id).startsWith("sha256:").isEqualTo(resolve(optIn("yes")).grantId());
		Circumstances other = new Circumstances(NOW, "sha256:other", (hash) -> true, null);
		assertThat(resolve(DEFAULTS, other, Found.NOTHING, enabled("true")).grantId()).isNotEqualTo(id);
		assertThat(resolve(yaml("true")).grantId()).isNotEqualTo(id);
		assertThat(resolve(optInFile("true")).grantId()).isNotEqualTo(id).isNotEqualTo(resolve(yaml("true")).grantId());
	}

	/** SpecFact's table; the rows in which we differ say so. */
	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "-, -, -, UNDECIDED, NONE", "-, -, 'true\n', GRANTED, LOCAL", "-, -, ' Yes ', GRANTED, LOCAL",
					"-, -, '', UNDECIDED, NONE", "-, -, enabled, UNDECIDED, NONE", "-, true, -, GRANTED, EXPORT",
					"-, on, -, GRANTED, EXPORT", "-, false, true, GRANTED, LOCAL", "false, true, -, VETOED, NONE",
					// SpecFact: on
					"false, -, true, VETOED, NONE", "true, false, -, GRANTED, EXPORT",
					// SpecFact: the YAML integer 1 is off; our words have 1
					"-, 1, -, GRANTED, EXPORT",
					// SpecFact: exports remotely if there is an endpoint
					"-, -, true, GRANTED, LOCAL" })
	void resolveWhenSpecFactsTable(String env, String yaml, String file, ConsentState state, ConsentScope scope) {
		ConsentDecision decision = resolve(variable(2, "TELEMETRY_OPT_IN", env), variable(11, "telemetry.yaml", yaml),
				variable(12, "telemetry.opt-in", file));
		assertThat(decision.state()).isEqualTo(state);
		assertThat(decision.scope()).isEqualTo(scope);
	}

	private static ConsentPolicy distrusting() {
		return new ConsentPolicy(MAX_AGE, false, true, true, null, false);
	}

	@Test
	void resolveWhenRecordNamesNoNoticeIsStale() {
		ConsentRecord early = ConsentRecord.grant(ConsentScope.EXPORT, null, Inputs.GRANT_ID, NOW, "actuator", "demo");
		assertClosed(resolve(found(early)), ConsentState.STALE, 9);
	}

	@Test
	void resolveWhenNoticeIsNamedShowsIt() {
		ConsentPolicy pinned = new ConsentPolicy(MAX_AGE, true, true, true, "sha256:pinned", false);
		assertThat(resolve(found(yes(ConsentScope.LOCAL))).notice()).isEqualTo(new NoticeHashes(NOTICE, NOTICE));
		assertThat(resolve(pinned, TODAY, Found.NOTHING, enabled("true")).notice())
			.isEqualTo(new NoticeHashes(NOTICE, "sha256:pinned"));
		assertThat(resolve(enabled("true")).notice()).isEqualTo(new NoticeHashes(NOTICE, null));
		assertThat(resolve(pinned, TODAY, found(Inputs.no(true))).notice()).isEqualTo(new NoticeHashes(NOTICE, null));
	}

	@Test
	void resolveWhenDatedInTheFutureIsStaleFromADayOn() {
		Found yes = found(yes(ConsentScope.EXPORT));
		assertGranted(resolve(ConsentPolicy.DEFAULTS, at(NOW.minus(Duration.ofDays(1))), yes), ConsentScope.EXPORT, 9);
		ConsentDecision decision = resolve(ConsentPolicy.DEFAULTS, at(NOW.minus(Duration.ofDays(1)).minusNanos(1)),
				yes);
		assertClosed(decision, ConsentState.STALE, 9);
		assertThat(decision.reason()).contains("in the future");
		assertClosed(resolve(ConsentPolicy.DEFAULTS, at(Instant.MIN), yes), ConsentState.STALE, 9);
		assertThat(resolve(ConsentPolicy.DEFAULTS, at(Instant.EPOCH), found(Inputs.no(true))).state())
			.as("a denial has no date")
			.isEqualTo(ConsentState.WITHDRAWN);
	}

	@Test
	void resolveWhenTheClockIsWrongJudgesNoAge() {
		Circumstances unknown = new Circumstances(null, NOTICE, NOTICE::equals, null);
		ConsentRecord old = ConsentRecord.grant(ConsentScope.EXPORT, NOTICE, Inputs.GRANT_ID, Instant.EPOCH, "actuator",
				"demo");
		assertGranted(resolve(ConsentPolicy.DEFAULTS, unknown, found(old)), ConsentScope.EXPORT, 9);
		assertGranted(resolve(ConsentPolicy.DEFAULTS, unknown, found(yes(ConsentScope.LOCAL))), ConsentScope.LOCAL, 9);
	}

	private static Circumstances at(Instant now) {
		return new Circumstances(now, NOTICE, NOTICE::equals, null);
	}

	private static void assertClosed(ConsentDecision decision, ConsentState state, int rule) {
		assertThat(decision.state()).isEqualTo(state);
		assertThat(decision.rule()).isEqualTo(rule);
		assertThat(decision.scope()).isEqualTo(ConsentScope.NONE);
		assertThat(decision.recordedScope() != null).isEqualTo(state == ConsentState.STALE);
		assertThat(decision.grantId()).isNull();
		assertThat(decision.channel()).isNull();
	}

	private static void assertGranted(ConsentDecision decision, ConsentScope scope, int rule) {
		assertThat(decision.state()).isEqualTo(ConsentState.GRANTED);
		assertThat(decision.rule()).isEqualTo(rule);
		assertThat(decision.scope()).isEqualTo(scope);
		assertThat(decision.recordedScope()).isEqualTo(scope);
		assertThat(decision.grantId()).isNotNull();
	}

}
