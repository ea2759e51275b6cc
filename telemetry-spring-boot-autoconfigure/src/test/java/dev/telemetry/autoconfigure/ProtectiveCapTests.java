package dev.telemetry.autoconfigure;

import dev.telemetry.consent.gate.ConsentCap;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.storage.PrivateFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import org.springframework.boot.test.context.FilteredClassLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProtectiveCap}: a protective setting that cannot be used still
 * protects.
 */
class ProtectiveCapTests {

	private final Binding binding = new Binding();

	@Test
	void capWhenNothingIsSetIsNone() {
		assertThat(this.binding.cap()).isNull();
		assertThat(this.binding.yaml("batch_size: 5\n").cap()).isNull();
		assertThat(this.binding.yaml("# nothing\n").cap()).isNull();
	}

	@Test
	void capWhenAQuoteIsNotClosedSaysWhereAndWhy() {
		this.binding.yaml("batch_size: 5\n\nservice_name: 'x\nlocal-only: true\n");
		assertThat(this.binding.cap())
			.isEqualTo(ConsentCap.unusable("telemetry.yaml line 3: unclosed quote. Nothing is sent, because the file"
					+ " may hold local-only. Fix or delete the file."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "local-only: true\nlocal_only: false", "just text", "- local-only: true", "a: &x 1\nb: *x",
			"a: [1", "local-only: true\n---\na: 1", "\tlocal-only: true", "1: 2", "a: !!binary czNjcmV0",
			"local-only: true\na: b: c" })
	void capWhenTheFileCannotBeUsedRestricts(String content) {
		assertRestricted(this.binding.yaml(content));
	}

	@ParameterizedTest
	@ValueSource(strings = { "it is a symbolic link", "it is larger than 65536 bytes", "it is writable by others",
			"it is not a regular file", "it cannot be read (AccessDeniedException)" })
	void capWhenTheFileIsRefusedRestricts(String refusal) {
		assertRestricted(this.binding.file(new PrivateFile.Content(null, refusal)));
		assertThat(this.binding.cap()).extracting(ConsentCap::reason)
			.asString()
			.startsWith("telemetry.yaml: " + refusal + ". Nothing is sent,");
	}

	@Test
	void capWhenSnakeYamlIsMissingRestricts() {
		assertRestricted(this.binding.yaml("local-only: true").classLoader(new FilteredClassLoader(Yaml.class)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "local-onyl: true", "local: [true]\nlocal_onl: false", "telemetry:\n  local-only: true",
			"telemetry.local_only: true", "TELEMETRY_LOCAL_ONLY: true", "machine-id.mod: none", "undeclard: drop",
			"machine_id: none", "runtime-fieldss: false", "events:\n  order.placed:\n    enabeld: false" })
	void capWhenANameInTheFileMayBeMeantToProtectRestricts(String content) {
		assertRestricted(this.binding.yaml(content));
	}

	@ParameterizedTest
	@CsvSource({ "TELEMETRY_LOCAL_ONY, true", "TELEMETRY_LOCL_ONLY, yes", "TELEMETRY_LOCALONYL, 1",
			"TELEMETRY_ENABLE, false", "TELEMETY_LOCAL_ONLY, true", "TELEMETRYLOCAL_ONLY, true",
			"TELEMETRIE_LOCAL_ONLY, true", "TELEMETRY_UNDECLARD, drop", "telemetry_local_onl, true" })
	void capWhenAVariableMayBeMeantToProtectRestricts(String name, String value) {
		assertRestricted(this.binding.variable(name, value));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "telemetry.local-onlyy=true", "telemetry.localonl=true", "telemetry.telemetry.local-only=1",
					"telemetry.consent=no", "telemetry.feature=false", "telemetry.events=false" })
	void capWhenAPropertyMayBeMeantToProtectRestricts(String pair) {
		assertRestricted(this.binding.with(pair));
	}

	@ParameterizedTest
	@ValueSource(strings = { "colour: red", "endpiont: https://collector.example.com", "batch_sizes: 5",
			"telemetry:\n  enabled: true\n  endpoint: https://collector.example.com", "opt_in: true",
			"home: /elsewhere", "consent:\n  detect_ci: false", "batch_size: many", "headers: [a]" })
	void capWhenAnotherSettingIsWrongIsNone(String content) {
		assertThat(this.binding.yaml(content).cap()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "TELEMETRY_COLOUR, red", "TELEMETRY_ENDPIONT, x", "TELEMETRY_LOCAL_PATH, /var/log/x",
			"MY_TELEMETRY_LOCAL_ONLY_MODE, true", "TELEMETRY_SERVICE_HOST, 10.0.0.1" })
	void capWhenAnotherVariableIsWrongIsNone(String name, String value) {
		assertThat(this.binding.variable(name, value).cap()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "telemetry.local-only=maybe", "telemetry.localOnly=maybe", "telemetry.local_only=tru",
			"telemetry.LOCAL-ONLY=maybe", "telemetry.local-only=${NOPE}", "telemetry.local-only[0]=false",
			"telemetry.local-only.a=false", "telemetry.local=perhaps", "telemetry.local-only=true" })
	void capWhenLocalOnlyIsNoWordCountsAsTrue(String pair) {
		assertLocalOnly(this.binding.with(pair));
	}

	@ParameterizedTest
	@ValueSource(strings = { "local-only: maybe", "local_only: 'true '", "localOnly: tru", "LOCAL_ONLY: maybe",
			"local-only: [false]", "local-only: {a: false}", "local-only: []", "local-only: {}", "local: 2",
			"local-only: ${NOPE}", "local-only: 2026-11-21" })
	void capWhenLocalOnlyInTheFileIsNoWordCountsAsTrue(String content) {
		assertLocalOnly(this.binding.yaml(content));
	}

	@ParameterizedTest
	@CsvSource({ "TELEMETRY_LOCAL_ONLY, maybe", "TELEMETRY_LOCALONLY, maybe", "TELEMETRY_LOCAL_ONLY_0, false",
			"telemetry_local_only, tru", "TELEMETRY_LOCAL, maybe", "TELEMETRY_Local_Only, on" })
	void capWhenLocalOnlyInAVariableIsNoWordCountsAsTrue(String name, String value) {
		assertLocalOnly(this.binding.variable(name, value));
	}

	@Test
	void capWhenLocalOnlyIsFalseOrBlankIsNone() {
		assertThat(new Binding().with("telemetry.local-only=false").cap()).isNull();
		assertThat(new Binding().variable("TELEMETRY_LOCAL_ONLY", "").cap()).isNull();
		assertThat(new Binding().yaml("local-only: off").cap()).isNull();
		assertThat(new Binding().variable("TELEMETRY_LOCAL_ONLY", "off").yaml("local-only: maybe").cap())
			.as("the winner of Spring's order")
			.isNull();
	}

	@Test
	void capWhenTheChosenHomeCannotBeUsedRestricts() {
		assertThat(this.binding.with("telemetry.home=${NOPE}").cap()).isNotNull().matches(ConsentCap::unusableInput);
		assertThat(new Binding().with("telemetry.home=/elsewhere").cap()).isNull();
		assertThat(new Binding().userHome("?").cap()).as("there never was a file").isNull();
	}

	private void assertLocalOnly(Binding binding) {
		assertThat(binding.cap()).isNotNull().satisfies((cap) -> {
			assertThat(cap.reason()).startsWith("telemetry.local");
			assertThat(cap.unusableInput()).isFalse();
		});
	}

	private void assertRestricted(Binding binding) {
		TelemetrySettings settings = binding.bind();
		assertThat(settings.machineId().mode()).isEqualTo(MachineIdMode.NONE);
		assertThat(settings.recording().undeclared()).isEqualTo(UndeclaredPolicy.DROP);
		assertThat(settings.recording().runtimeFields()).isFalse();
		assertThat(binding.cap()).isNotNull().matches(ConsentCap::unusableInput);
		assertThat(binding.problems()).isNotEmpty();
	}

}
