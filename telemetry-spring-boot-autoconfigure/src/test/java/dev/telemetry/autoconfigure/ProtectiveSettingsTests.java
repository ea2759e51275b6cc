package dev.telemetry.autoconfigure;

import java.util.List;

import dev.telemetry.setting.PropertyNames;
import dev.telemetry.setting.ProtectiveSettings;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.Spelling;
import dev.telemetry.setting.WrongValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ProtectiveSettings} and {@link PropertyNames}. */
class ProtectiveSettingsTests {

	@ParameterizedTest
	@CsvSource({ "local-onyl, local-only", "localonlyy, local-only", "lcl-only, local-only",
			"telemetry.local-only, local-only", "telemetry.local_onl, local-only", "local-onyl.0, local-only",
			"loca, local", "enabld, enabled", "opt-inn, opt-in", "machine-id.mod, machine-id.mode",
			"machineid-mode, machine-id.mode", "runtime-field, runtime-fields", "undeclard, undeclared",
			"consent.max-ages, consent.max-age", "feature.enable, feature.enabled", "consent, consent",
			"feature, feature", "machine-id, machine-id", "events, events", "events.order.placed.enabld, events",
			"event.order.placed.enabled, events", "events.order.placed.sampling-rat, events",
			"events.order.placed.enabled.0, events" })
	void meantByWhenNameIsLikeAProtectiveOneReturnsIt(String key, String meant) {
		assertThat(ProtectiveSettings.meantBy(setting(key, Spelling.DOTTED))).isEqualTo(meant);
	}

	@ParameterizedTest
	@CsvSource({ "LOCAL_ONY, local-only", "LOCALONYL, local-only", "LOCL_ONLY, local-only", "ENABLE, enabled",
			"EVENTS_ORDER_PLACED_SAMPLING_RAT, events", "MACHINE_ID_MOED, machine-id.mode" })
	void meantByWhenVariableIsLikeAProtectiveOneReturnsIt(String key, String meant) {
		assertThat(ProtectiveSettings.meantBy(setting(key, Spelling.VARIABLE))).isEqualTo(meant);
	}

	@ParameterizedTest
	@ValueSource(strings = { "local-only", "local_only", "local", "enabled", "local-path", "endpoint", "endpiont",
			"batch-sizes", "colour", "telemetry.endpoint", "events.order.placed.enabled", "events.order.placed.colour",
			"headers.local-onyl", "metadata.enabld", "local-only.0", "local-only.a.b" })
	void meantByWhenNameIsKnownOrLikeNoneReturnsNull(String key) {
		assertThat(ProtectiveSettings.meantBy(setting(key, Spelling.DOTTED))).isNull();
	}

	@Test
	void meantByWhenAGrantIsMisplacedProtectsNothing() {
		assertThat(ProtectiveSettings
			.meantBy(new Setting("telemetry.enabled", Spelling.DOTTED, "Yes ", "telemetry.yaml line 2", false, false)))
			.isNull();
		assertThat(ProtectiveSettings
			.meantBy(new Setting("telemetry.enabled", Spelling.DOTTED, "no", "telemetry.yaml line 2", false, false)))
			.isEqualTo("enabled");
	}

	@Test
	void findUnusableWhenThereIsOneReturnsTheFirst() {
		Setting like = setting("local-onyl", Spelling.DOTTED);
		assertThat(ProtectiveSettings
			.findUnusable(List.of(setting("colour", Spelling.DOTTED), like, setting("enabld", Spelling.DOTTED))))
			.isSameAs(like);
		assertThat(ProtectiveSettings.findUnusable(List.of(setting("colour", Spelling.DOTTED)))).isNull();
	}

	@Test
	void partOfWhenAListOrMapStandsForOneValueReturnsItsName() {
		assertThat(PropertyTree.NAMES.partOf(setting("local-only.0", Spelling.DOTTED))).isEqualTo("local-only");
		assertThat(PropertyTree.NAMES.partOf(setting("endpoint.url", Spelling.DOTTED))).isEqualTo("endpoint");
		assertThat(PropertyTree.NAMES.partOf(setting("LOCAL_ONLY_0", Spelling.VARIABLE))).isEqualTo("local-only");
		assertThat(PropertyTree.NAMES.partOf(setting("ENDPOINT_URL", Spelling.VARIABLE))).isNull();
		assertThat(PropertyTree.NAMES.partOf(setting("local-path", Spelling.DOTTED))).isNull();
		assertThat(PropertyTree.NAMES.partOf(setting("headers.X-Key", Spelling.DOTTED))).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "opt_in, write 'enabled'", "telemetry.opt_in, write 'enabled'", "TELEMETRY_OPT_IN, write 'enabled'",
			"telemetry.enabled, write 'enabled'", "telemetry.endpoint, write 'endpoint'",
			"telemetry.headers.X-Key, write 'headers.X-Key'", "telemetry-debug, write 'debug'",
			"endpiont, did you mean telemetry.endpoint?", "colour, remove it",
			"home, set it in the application's configuration",
			"consent.max-age, set it in the application's configuration",
			"command_events.enabled, set it in the application's configuration" })
	void judgeInFileWhenNameIsWrongSaysWhatToWrite(String key, String action) {
		WrongValueException wrong = PropertyTree.NAMES.judgeInFile(setting(key, Spelling.DOTTED));
		assertThat(wrong).isNotNull();
		assertThat(wrong.action()).isEqualTo(action);
	}

	@ParameterizedTest
	@ValueSource(strings = { "enabled", "endpoint", "service_name", "headers.X-Key", "file.max-size" })
	void judgeInFileWhenNameIsRightReturnsNull(String key) {
		assertThat(PropertyTree.NAMES.judgeInFile(setting(key, Spelling.DOTTED))).isNull();
	}

	private static Setting setting(String key, Spelling spelling) {
		return new Setting(key, spelling, "x", "somewhere", false, false);
	}

}
