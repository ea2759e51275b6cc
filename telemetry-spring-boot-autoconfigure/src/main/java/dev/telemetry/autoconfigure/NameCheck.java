package dev.telemetry.autoconfigure;

import java.util.List;
import java.util.Optional;

import dev.telemetry.setting.PropertyNames;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.TelemetryYaml;
import dev.telemetry.setting.ValueParser;
import dev.telemetry.setting.WrongValueException;
import org.jspecify.annotations.Nullable;

/**
 * Reports names that no record has, and what is wrong with the words that decide about
 * consent.
 */
final class NameCheck {

	private final SettingReader reader;

	private final @Nullable TelemetryYaml yaml;

	/**
	 * Create an instance.
	 * @param reader reads what is set outside the file, and takes what is wrong
	 * @param yaml the file in the home, or {@code null}
	 */
	NameCheck(SettingReader reader, @Nullable TelemetryYaml yaml) {
		this.reader = reader;
		this.yaml = yaml;
	}

	void report() {
		this.reader.sources().list().forEach((setting) -> report(setting, PropertyTree.NAMES.judge(setting)));
		if (this.yaml != null) {
			this.yaml.all().forEach((setting) -> report(setting, PropertyTree.NAMES.judgeInFile(setting)));
		}
		reportWords();
	}

	private void report(Setting setting, @Nullable WrongValueException wrong) {
		if (wrong != null) {
			this.reader.report(PropertyNames.displayName(setting), setting.origin(), wrong);
		}
	}

	/** The rules of consent read these words themselves; here they are only judged. */
	private void reportWords() {
		for (String name : List.of("telemetry.enabled", "telemetry.opt-in")) {
			this.reader.find(name, ValueParser.flag(), Optional::empty);
		}
		Setting enabled = (this.yaml != null) ? this.yaml.enabled() : null;
		if (enabled != null) {
			this.reader.parse("telemetry.enabled", enabled, ValueParser.flag(), Optional::empty);
		}
		Setting part = (this.yaml != null) ? this.yaml.partOfEnabled() : null;
		if (part != null) {
			this.reader.report("telemetry.enabled", part.origin(), SettingReader.notOneValue());
		}
	}

}
