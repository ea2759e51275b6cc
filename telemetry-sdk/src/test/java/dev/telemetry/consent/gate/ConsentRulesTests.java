package dev.telemetry.consent.gate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.telemetry.consent.gate.ConsentResolver.Circumstances;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore.Found;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The thirteen rules as a table: each value that a rule names, and what it gives way to.
 * Variables and system properties go through the source that reads them.
 */
class ConsentRulesTests {

	@ParameterizedTest(name = "rule {0}: {1} -> {2} {3}")
	@CsvSource(delimiter = '|', textBlock = """
			# The author's gate: anything but a true word
			1  | feature=false, enabled=true, record=export          | ABSENT     | NONE
			1  | feature=off                                         | ABSENT     | NONE
			1  | feature=maybe                                       | ABSENT     | NONE
			1  | feature=, enabled=true                              | ABSENT     | NONE
			1  | feature=false, enabled=false, DO_NOT_TRACK=1        | ABSENT     | NONE
			10 | feature=true, enabled=true                          | GRANTED    | EXPORT
			10 | feature=Y, enabled=true                             | GRANTED    | EXPORT
			13 | feature=on                                          | UNDECIDED  | NONE

			# Configuration says no, or what is no word; of the two names a no wins; empty is unset
			2  | enabled=0, record=export                            | VETOED     | NONE
			2  | enabled=false, record=export                        | VETOED     | NONE
			2  | enabled=no, yaml=true                               | VETOED     | NONE
			2  | enabled=N, file=true                                | VETOED     | NONE
			2  | enabled=OFF                                         | VETOED     | NONE
			2  | enabled=maybe                                       | VETOED     | NONE
			2  | enabled=2                                           | VETOED     | NONE
			2  | opt-in=no                                           | VETOED     | NONE
			2  | opt-in=maybe                                        | VETOED     | NONE
			2  | enabled=true, opt-in=false                          | VETOED     | NONE
			2  | enabled=false, opt-in=true                          | VETOED     | NONE
			2  | packaged=false, trust-packaged=off                  | VETOED     | NONE
			2  | enabled=false, DO_NOT_TRACK=1, record=damaged       | VETOED     | NONE
			13 | enabled=                                            | UNDECIDED  | NONE
			10 | enabled=, opt-in=true                               | GRANTED    | EXPORT
			12 | yaml=false, file=true                               | GRANTED    | LOCAL

			# DO_NOT_TRACK: anything but unset, empty, 0, false, no, off
			3  | DO_NOT_TRACK=1, record=export                       | VETOED     | NONE
			3  | DO_NOT_TRACK=true, enabled=true                     | VETOED     | NONE
			3  | DO_NOT_TRACK=yes, yaml=true                         | VETOED     | NONE
			3  | DO_NOT_TRACK=please, file=true                      | VETOED     | NONE
			3  | DO_NOT_TRACK=n                                      | VETOED     | NONE
			3  | DO_NOT_TRACK=1, OTEL_SDK_DISABLED=true, CI=true     | VETOED     | NONE
			10 | DO_NOT_TRACK=, enabled=true                         | GRANTED    | EXPORT
			10 | DO_NOT_TRACK=0, enabled=true                        | GRANTED    | EXPORT
			10 | DO_NOT_TRACK=False, enabled=true                    | GRANTED    | EXPORT
			10 | DO_NOT_TRACK=NO, enabled=true                       | GRANTED    | EXPORT
			10 | DO_NOT_TRACK=off, enabled=true                      | GRANTED    | EXPORT

			# OTEL_SDK_DISABLED: true closes, nothing opens
			4  | OTEL_SDK_DISABLED=true, record=export               | VETOED     | NONE
			4  | OTEL_SDK_DISABLED=TRUE, enabled=true                | VETOED     | NONE
			4  | OTEL_SDK_DISABLED=true, TEST_MODE=true              | VETOED     | NONE
			10 | OTEL_SDK_DISABLED=1, enabled=true                   | GRANTED    | EXPORT
			13 | OTEL_SDK_DISABLED=false                             | UNDECIDED  | NONE

			# A test environment, unless it is not looked for
			5  | TEST_MODE=true, enabled=true                        | SUPPRESSED | NONE
			5  | TEST_MODE=1, record=export                          | SUPPRESSED | NONE
			5  | PYTEST_CURRENT_TEST=a_test, yaml=true               | SUPPRESSED | NONE
			5  | surefire.test.class.path=x, file=true               | SUPPRESSED | NONE
			5  | surefire.real.class.path=x, enabled=true            | SUPPRESSED | NONE
			5  | org.gradle.test.worker=1, enabled=true              | SUPPRESSED | NONE
			5  | TEST_MODE=true, CI=true, record=damaged             | SUPPRESSED | NONE
			10 | TEST_MODE=false, enabled=true                       | GRANTED    | EXPORT
			10 | TEST_MODE=maybe, enabled=true                       | GRANTED    | EXPORT
			10 | PYTEST_CURRENT_TEST=, enabled=true                  | GRANTED    | EXPORT
			10 | TEST_MODE=true, detect-test=off, enabled=true       | GRANTED    | EXPORT

			# CI: only configuration opts in
			6  | CI=true, record=export                              | SUPPRESSED | NONE
			6  | CI=1, yaml=true                                     | SUPPRESSED | NONE
			6  | CI=true, file=true                                  | SUPPRESSED | NONE
			6  | GITHUB_ACTIONS=true                                 | SUPPRESSED | NONE
			6  | GITLAB_CI=true                                      | SUPPRESSED | NONE
			6  | JENKINS_URL=https://ci.example.com                  | SUPPRESSED | NONE
			6  | BUILDKITE=true                                      | SUPPRESSED | NONE
			6  | TEAMCITY_VERSION=2026                               | SUPPRESSED | NONE
			6  | TF_BUILD=True                                       | SUPPRESSED | NONE
			6  | CIRCLECI=true                                       | SUPPRESSED | NONE
			6  | TRAVIS=true                                         | SUPPRESSED | NONE
			6  | CI=true, packaged=true, trust-packaged=off          | SUPPRESSED | NONE
			6  | CI=true, record=denied                              | SUPPRESSED | NONE
			10 | CI=true, enabled=true                               | GRANTED    | EXPORT
			8  | CI=true, enabled=true, record=denied                | DENIED     | NONE
			9  | CI=true, detect-ci=off, record=export               | GRANTED    | EXPORT
			13 | CI=false                                            | UNDECIDED  | NONE
			13 | TRAVIS=                                             | UNDECIDED  | NONE

			# A record that cannot be trusted
			7  | record=damaged                                      | FAULT      | NONE
			7  | record=damaged, enabled=true, yaml=true, file=true  | FAULT      | NONE

			# A recorded no
			8  | record=denied                                       | DENIED     | NONE
			8  | record=withdrawn                                    | WITHDRAWN  | NONE
			8  | record=denied, enabled=true, yaml=true, file=true   | DENIED     | NONE
			8  | record=withdrawn, enabled=true                      | WITHDRAWN  | NONE

			# A recorded yes: stands, too old, to something narrower; never widened
			9  | record=export                                       | GRANTED    | EXPORT
			9  | record=local                                        | GRANTED    | LOCAL
			9  | record=local, enabled=true, yaml=true, file=true    | GRANTED    | LOCAL
			9  | record=narrower                                     | STALE      | NONE
			9  | record=narrower, enabled=true, yaml=true, file=true | STALE      | NONE
			9  | record=expired                                      | STALE      | NONE
			9  | record=expired, enabled=true                        | STALE      | NONE
			9  | record=export, cap=on                               | GRANTED    | LOCAL

			# Configuration says yes
			10 | enabled=1                                           | GRANTED    | EXPORT
			10 | enabled=TRUE, yaml=false                            | GRANTED    | EXPORT
			10 | enabled=yes, file=true                              | GRANTED    | EXPORT
			10 | enabled=y                                           | GRANTED    | EXPORT
			10 | enabled=on                                          | GRANTED    | EXPORT
			10 | opt-in=true                                         | GRANTED    | EXPORT
			10 | packaged=true                                       | GRANTED    | EXPORT
			13 | packaged=true, trust-packaged=off                   | UNDECIDED  | NONE
			10 | enabled=true, pinned=today                          | GRANTED    | EXPORT
			10 | enabled=true, pinned=other                          | STALE      | NONE
			10 | enabled=true, cap=on                                | GRANTED    | LOCAL

			# telemetry.yaml in the home
			11 | yaml=true                                           | GRANTED    | EXPORT
			11 | yaml=yes, file=true                                 | GRANTED    | EXPORT
			11 | yaml=true, pinned=other                             | STALE      | NONE
			11 | yaml=true, cap=on                                   | GRANTED    | LOCAL
			13 | yaml=false                                          | UNDECIDED  | NONE
			13 | yaml=maybe                                          | UNDECIDED  | NONE

			# telemetry.opt-in in the home: this machine only
			12 | file=true                                           | GRANTED    | LOCAL
			12 | file=ON, yaml=maybe                                 | GRANTED    | LOCAL
			13 | file=false                                          | UNDECIDED  | NONE
			13 | file=enabled                                        | UNDECIDED  | NONE

			# Silence is never a yes
			13 | nothing=                                            | UNDECIDED  | NONE
			""")
	void rule(int rule, String said, ConsentState state, ConsentScope scope) {
		ConsentDecision decision = resolve(parse(said));
		assertThat(decision.rule()).isEqualTo(rule);
		assertThat(decision.state()).isEqualTo(state);
		assertThat(decision.scope()).isEqualTo(scope);
	}

	private static Map<String, String> parse(String said) {
		Map<String, String> values = new LinkedHashMap<>();
		for (String part : said.split(", ")) {
			int equals = part.indexOf('=');
			values.put(part.substring(0, equals), part.substring(equals + 1));
		}
		return values;
	}

	private static ConsentDecision resolve(Map<String, String> said) {
		List<ConsentInput> inputs = new ArrayList<>(ConsentSource.environment(said::get, said::get).read());
		inputs.add(Inputs.variable(1, "telemetry.feature.enabled", said.get("feature")));
		inputs.add(Inputs.variable(2, "telemetry.enabled", said.get("enabled")));
		inputs.add(Inputs.variable(2, "TELEMETRY_OPT_IN", said.get("opt-in")));
		if (said.containsKey("packaged")) {
			inputs.add(Inputs.packaged(said.get("packaged")));
		}
		inputs.add(Inputs.variable(11, "telemetry.yaml", said.get("yaml")));
		inputs.add(Inputs.variable(12, "telemetry.opt-in", said.get("file")));
		String record = said.getOrDefault("record", "absent");
		Duration age = "expired".equals(record) ? Duration.ofDays(396) : Duration.ZERO;
		Circumstances circumstances = new Circumstances(Inputs.NOW.plus(age), Inputs.NOTICE, Inputs.NOTICE::equals,
				said.containsKey("cap") ? ConsentCap.of("telemetry.local-only is true") : null);
		return Inputs.resolve(policy(said), circumstances, record(record), inputs.toArray(ConsentInput[]::new));
	}

	private static ConsentPolicy policy(Map<String, String> said) {
		String pinned = said.get("pinned");
		@Nullable String notice = (pinned != null) ? "sha256:" + pinned : null;
		return new ConsentPolicy(Duration.ofDays(395), !said.containsKey("trust-packaged"),
				!said.containsKey("detect-test"), !said.containsKey("detect-ci"), notice, false);
	}

	private static Found record(String record) {
		return switch (record) {
			case "damaged" -> Found.fault("its checksum does not match");
			case "denied" -> Inputs.found(Inputs.no(false));
			case "withdrawn" -> Inputs.found(Inputs.no(true));
			case "local" -> Inputs.found(Inputs.yes(ConsentScope.LOCAL));
			case "export", "expired" -> Inputs.found(Inputs.yes(ConsentScope.EXPORT));
			case "narrower" -> Inputs.found(ConsentRecord.grant(ConsentScope.EXPORT, "sha256:narrower", Inputs.GRANT_ID,
					Inputs.NOW, "actuator", "demo"));
			default -> Found.NOTHING;
		};
	}

}
