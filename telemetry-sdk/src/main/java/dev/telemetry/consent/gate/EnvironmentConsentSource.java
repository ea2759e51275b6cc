package dev.telemetry.consent.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * What the environment of the process says: the request not to be tracked, and evidence
 * that this is a test or a build server. Evidence is what is running, never what is on
 * the class path.
 */
final class EnvironmentConsentSource implements ConsentSource {

	private static final List<String> TEST_WORKER_PROPERTIES = List.of("surefire.test.class.path",
			"surefire.real.class.path", "org.gradle.test.worker");

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
		BooleanWord word = BooleanWord.of(ci);
		if (word == BooleanWord.TRUE || word == BooleanWord.NEITHER) {
			// Some services write their name there
			return variable(6, "CI", (word == BooleanWord.TRUE) ? ci : "set");
		}
		String service = BuildServices.all().find(this.environment);
		return variable(6, (service != null) ? service : "CI", (service != null) ? "set" : null);
	}

	private static ConsentInput variable(int rule, String name, @Nullable String value) {
		return new ConsentInput(rule, name, value, (value != null) ? "environment " + name : null, false);
	}

}
