package dev.telemetry.consent.gate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.telemetry.consent.gate.BuildServices.Variable;
import dev.telemetry.consent.store.ConsentStore;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
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

	@ParameterizedTest
	@ValueSource(strings = { "true", "1", "YES", "woodpecker", "drone", "maybe", "2" })
	void readWhenCiIsAnythingButAFalseWordIsCi(String value) {
		this.environment.put("CI", value);
		assertThat(decide().rule()).isEqualTo(6);
		assertThat(decide().origin()).isEqualTo("environment CI");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "false", "0", "No", "n", "OFF" })
	void readWhenCiIsAFalseWordIsNoCi(String value) {
		this.environment.put("CI", value);
		assertThat(decide().state()).isEqualTo(ConsentState.UNDECIDED);
		this.environment.put("GITLAB_CI", "true");
		assertThat(decide().rule()).as("what another variable says counts").isEqualTo(6);
	}

	/** What the documents of these services say is set, written down on its own. */
	@ParameterizedTest
	@ValueSource(strings = { "CODEBUILD_BUILD_ID=demo:1f3d", "CODEBUILD_BUILD_ARN=arn:aws:codebuild:x",
			"GITHUB_ACTIONS=true", "GITLAB_CI=true", "JENKINS_URL=https://ci.example.com/",
			"BUILD_NUMBER=7 JOB_NAME=demo", "BUILD_NUMBER=7 BUILD_URL=https://ci.example.com/job/demo/7/",
			"BUILDKITE=true", "TEAMCITY_VERSION=2025.03", "TF_BUILD=True", "CIRCLECI=true", "TRAVIS=true",
			"APPVEYOR=True", "BITBUCKET_COMMIT=0a1b2c", "BITRISE_IO=true", "DRONE=true", "CIRRUS_CI=true",
			"CM_BUILD_ID=5f", "CF_BUILD_ID=5f", "CI_NAME=codeship", "CI_NAME=sourcehut", "SEMAPHORE=true",
			"bamboo_planKey=DEMO", "GO_PIPELINE_LABEL=7", "TASK_ID=a RUN_ID=0", "VELA=true", "XCS=1",
			"CI_XCODE_PROJECT=demo.xcodeproj", "HUDSON_URL=https://ci.example.com/", "EAS_BUILD=true",
			"GITEA_ACTIONS=true", "PROW_JOB_ID=5f", "BUILDER_OUTPUT=/builder/outputs", "HARNESS_BUILD_ID=7",
			"WORKERS_CI=1" })
	void readWhenBuildServiceRunsIsCi(String variables) {
		set(variables);
		ConsentDecision decision = decide();
		assertThat(decision.state()).isEqualTo(ConsentState.SUPPRESSED);
		assertThat(decision.rule()).isEqualTo(6);
		assertThat(decision.reason()).endsWith(" is set").doesNotContain("example.com");
	}

	/** Set on a developer's machine, in production, or by half of a service. */
	@ParameterizedTest
	@ValueSource(strings = { "BUILD_ID=dontKillMe", "BUILD_NUMBER=7", "JOB_NAME=demo", "BUILD_URL=https://example.com",
			"JOB_NAME=demo BUILD_URL=https://example.com", "RENDER=true", "VERCEL=1", "NOW_BUILDER=1", "NETLIFY=true",
			"CF_PAGES=1", "HEROKU=1", "NODE=/app/.heroku/node/bin/node", "CI_NAME=demo", "TASK_ID=a", "RUN_ID=0",
			"CODEBUILD_BUILD_ID=" })
	void readWhenNoBuildServiceRunsIsNoCi(String variables) {
		set(variables);
		assertThat(decide().state()).isEqualTo(ConsentState.UNDECIDED);
	}

	@TestFactory
	Stream<DynamicTest> readWhenServiceOfTheFileRunsIsCi() {
		List<List<Variable>> services = BuildServices.all().services();
		assertThat(services).as("ci-info 4.5.0 has 55 vendors, 5 of which host, Jenkins and CodeBuild have more")
			.hasSize(53);
		return services.stream().map((service) -> DynamicTest.dynamicTest(service.toString(), () -> {
			this.environment.clear();
			service.forEach((variable) -> this.environment.put(variable.name(),
					Objects.requireNonNullElse(variable.value(), "x")));
			assertThat(decide().rule()).isEqualTo(6);
			this.environment.keySet().remove(service.get(0).name());
			assertThat(decide().state()).isEqualTo(ConsentState.UNDECIDED);
		}));
	}

	private void set(String variables) {
		for (String variable : variables.split(" ")) {
			int equals = variable.indexOf('=');
			this.environment.put(variable.substring(0, equals), variable.substring(equals + 1));
		}
	}

	private ConsentDecision decide() {
		return new ConsentResolver(ConsentPolicy.DEFAULTS, "consent.json").resolve(this.source.read(),
				ConsentStore.Found.NOTHING, Inputs.TODAY);
	}

}
