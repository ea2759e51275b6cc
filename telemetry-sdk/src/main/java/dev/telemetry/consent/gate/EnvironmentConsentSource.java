package dev.telemetry.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * What the environment of the process says: the wish not to be tracked, and evidence that
 * this is a test or a build server. Evidence is what is running, never what is on the
 * class path.
 */
final class EnvironmentConsentSource implements ConsentSource {

	private static final List<String> TEST_WORKER_PROPERTIES = List.of("surefire.test.class.path",
			"surefire.real.class.path", "org.gradle.test.worker");

	private static final List<String> CI_VARIABLES = List.of("GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "BUILDKITE",
			"TEAMCITY_VERSION", "TF_BUILD", "CIRCLECI", "TRAVIS");

	private final UnaryOperator<@Nullable String> environment;

	private final UnaryOperator<@Nullable String> systemProperties;

	EnvironmentConsentSource(UnaryOperator<@Nullable String> environment,
			UnaryOperator<@Nullable String> systemProperties) {
		this.environment = environment;
		this.systemProperties = systemProperties;
	}

	@Override
	public List<ConsentInput> read() {
		List<ConsentInput> inputs = new ArrayList<>();
		inputs.add(variable(3, "DO_NOT_TRACK", this.environment.apply("DO_NOT_TRACK")));
		inputs.add(variable(4, "OTEL_SDK_DISABLED", this.environment.apply("OTEL_SDK_DISABLED")));
		inputs.add(testEvidence());
		inputs.add(ciEvidence());
		return inputs;
	}

	private ConsentInput testEvidence() {
		String mode = this.environment.apply("TEST_MODE");
		if (BooleanWord.of(mode) == BooleanWord.TRUE) {
			return variable(5, "TEST_MODE", mode);
		}
		String pytest = this.environment.apply("PYTEST_CURRENT_TEST");
		if (pytest != null && !pytest.isEmpty()) {
			return variable(5, "PYTEST_CURRENT_TEST", "set");
		}
		for (String name : TEST_WORKER_PROPERTIES) {
			if (this.systemProperties.apply(name) != null) {
				return new ConsentInput(5, name, "set", "system property " + name, false);
			}
		}
		return new ConsentInput(5, "test environment", null, null, false);
	}

	private ConsentInput ciEvidence() {
		String ci = this.environment.apply("CI");
		if (BooleanWord.of(ci) == BooleanWord.TRUE) {
			return variable(6, "CI", ci);
		}
		for (String name : CI_VARIABLES) {
			String value = this.environment.apply(name);
			if (value != null && !value.isEmpty()) {
				return variable(6, name, "set");
			}
		}
		return new ConsentInput(6, "CI", null, null, false);
	}

	private static ConsentInput variable(int rule, String name, @Nullable String value) {
		return new ConsentInput(rule, name, value, (value != null) ? "environment " + name : null, false);
	}

}
