package dev.telemetry.cli;

import java.util.List;
import java.util.stream.Stream;

import dev.telemetry.consent.gate.ConsentInput;
import dev.telemetry.setting.ProtectiveSettings;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.TelemetryYaml;
import org.jspecify.annotations.Nullable;

/**
 * What the settings say about consent, and what keeps events on this machine.
 *
 * @param settings what is set
 */
record ReplayConsentSettings(ReplaySettings settings) {

	/** Return what is said about consent: rules 1, 2 and 11. */
	List<ConsentInput> inputs() {
		return List.of(input(1, "telemetry.feature.enabled", "telemetry.feature.enabled"),
				input(2, "telemetry.enabled", "telemetry.enabled"), input(2, "telemetry.opt-in", "TELEMETRY_OPT_IN"),
				inputOfTheFile());
	}

	private ConsentInput inputOfTheFile() {
		Setting enabled = this.settings.enabledByFile();
		return (enabled != null) ? new ConsentInput(11, TelemetryYaml.NAME, enabled.text(), enabled.origin(), false)
				: new ConsentInput(11, TelemetryYaml.NAME, null, null, false);
	}

	private ConsentInput input(int rule, String name, String input) {
		Setting setting = this.settings.settings(name).findFirst().orElse(null);
		boolean part = setting != null && ReplaySettings.isPart(setting, name);
		if (setting == null || (rule == 2 && setting.text().isBlank() && !part)) {
			return new ConsentInput(rule, input, null, null, false);
		}
		return new ConsentInput(rule, input, part ? "a list or a map" : setting.text(), setting.origin(), false);
	}

	/** Return why nothing may leave this machine, or {@code null}. */
	@Nullable String localOnly() {
		Setting unusable = ProtectiveSettings.findUnusable(this.settings.all());
		if (unusable != null) {
			return unusable.origin() + " is unknown, and may be meant as telemetry."
					+ ProtectiveSettings.meantBy(unusable);
		}
		return Stream.of("telemetry.local-only", "telemetry.local")
			.filter((name) -> this.settings.isOn(name, true))
			.findFirst()
			.map((name) -> name + " is true")
			.orElse(null);
	}

}
