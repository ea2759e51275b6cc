package dev.telemetry.consent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link EnvironmentConsentSource}. */
class EnvironmentConsentSourceTests {

	private final Map<String, String> environment = new HashMap<>();

	private final Map<String, String> properties = new HashMap<>();

	private final ConsentSource source = ConsentSource.environment(this.environment::get, this.properties::get);

	@Test
	void readWhenNothingIsSetListsWhatWasLookedAt() {
		List<ConsentInput> inputs = this.source.read();
		assertThat(inputs).extracting(ConsentInput::rule).containsExactly(3, 4, 5, 6);
		assertThat(inputs).allSatisfy((input) -> {
			assertThat(input.value()).isNull();
			assertThat(input.origin()).isNull();
		});
		assertThat(decide().state()).isEqualTo(ConsentState.UNDECIDED);
	}

	@Test
	void readWhenVariableIsSetNamesItAndReadsItAnew() {
		this.environment.put("DO_NOT_TRACK", "1");
		assertThat(this.source.read())
			.contains(new ConsentInput(3, "DO_NOT_TRACK", "1", "environment DO_NOT_TRACK", false));
		assertThat(decide().rule()).isEqualTo(3);
		this.environment.clear();
		this.environment.put("OTEL_SDK_DISABLED", "true");
		assertThat(decide().rule()).isEqualTo(4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "1", "YES" })
	void readWhenTestModeIsTrueWordIsTest(String value) {
		this.environment.put("TEST_MODE", value);
		assertThat(decide().rule()).isEqualTo(5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "false", "0", "maybe" })
	void readWhenTestModeIsAnythingElseIsNoTest(String value) {
		this.environment.put("TEST_MODE", value);
		assertThat(decide().state()).isEqualTo(ConsentState.UNDECIDED);
	}

	@Test
	void readWhenPytestRunsIsTestAndItsNameIsNotKept() {
		this.environment.put("PYTEST_CURRENT_TEST", "tests/secret_project.py::test (call)");
		ConsentDecision decision = decide();
		assertThat(decision.rule()).isEqualTo(5);
		assertThat(decision.reason()).contains("PYTEST_CURRENT_TEST is set").doesNotContain("secret");
		this.environment.put("PYTEST_CURRENT_TEST", "");
		assertThat(decide().state()).isEqualTo(ConsentState.UNDECIDED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "surefire.test.class.path", "surefire.real.class.path", "org.gradle.test.worker" })
	void readWhenTestWorkerRunsIsTest(String property) {
		this.properties.put(property, "/somewhere/private");
		ConsentDecision decision = decide();
		assertThat(decision.rule()).isEqualTo(5);
		assertThat(decision.origin()).isEqualTo("system property " + property);
		assertThat(decision.reason()).doesNotContain("private");
	}

	@Test
	void readWhenThisVeryTestRunsSeesItsWorker() {
		ConsentSource real = ConsentSource.environment((name) -> null, System::getProperty);
		assertThat(new ConsentResolver(ConsentPolicy.DEFAULTS, "consent.json")
			.resolve(real.read(), ConsentStore.Found.NOTHING, Inputs.TODAY)
			.state()).isEqualTo(ConsentState.SUPPRESSED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "BUILDKITE", "TEAMCITY_VERSION", "TF_BUILD",
			"CIRCLECI", "TRAVIS" })
	void readWhenBuildServerRunsIsCi(String name) {
		this.environment.put(name, "https://user:secret@ci.example.com");
		ConsentDecision decision = decide();
		assertThat(decision.rule()).isEqualTo(6);
		assertThat(decision.reason()).contains(name + " is set").doesNotContain("secret");
		this.environment.put(name, "");
		assertThat(decide().state()).isEqualTo(ConsentState.UNDECIDED);
	}

	@Test
	void readWhenCiIsTrueWordIsCi() {
		this.environment.put("CI", "true");
		assertThat(decide().rule()).isEqualTo(6);
		this.environment.put("CI", "false");
		assertThat(decide().state()).isEqualTo(ConsentState.UNDECIDED);
	}

	private ConsentDecision decide() {
		return new ConsentResolver(ConsentPolicy.DEFAULTS, "consent.json").resolve(this.source.read(),
				ConsentStore.Found.NOTHING, Inputs.TODAY);
	}

}
