package dev.telemetry.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.telemetry.autoconfigure.TelemetryYamlFile.Look;
import dev.telemetry.consent.gate.ConsentCap;
import dev.telemetry.problem.Problem;
import dev.telemetry.setting.PropertyNames;
import dev.telemetry.setting.ProtectiveSettings;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.TelemetryYaml;
import dev.telemetry.setting.ValueParser;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Says why nothing may leave this machine, as far as settings demand it or may have meant
 * to. Read anew at each call, so that what is set now counts.
 */
final class ProtectiveCap {

	private final Environment environment;

	private final ToolSettings tools;

	private final @Nullable Home home;

	private final TelemetryYamlFile file;

	private final Consumer<String> resolved;

	/**
	 * Create an instance.
	 * @param environment the application's environment
	 * @param tools knows which home was chosen
	 * @param home where the file is, or {@code null} without a home
	 * @param file the file in the home
	 * @param resolved told the name of the file when it can be used
	 */
	ProtectiveCap(Environment environment, ToolSettings tools, @Nullable Home home, TelemetryYamlFile file,
			Consumer<String> resolved) {
		this.environment = environment;
		this.tools = tools;
		this.home = home;
		this.file = file;
		this.resolved = resolved;
	}

	/**
	 * Look at everything that is set.
	 * @return the cap, or {@code null}
	 */
	@Nullable ConsentCap get() {
		Look look = (this.home != null) ? this.file.read(this.home.path()) : Look.ABSENT;
		if (look.fault() == null) {
			this.resolved.accept(TelemetryYaml.NAME);
		}
		SettingSources configured = SettingSources.of(this.environment);
		if (this.tools.isChosenHomeLost(configured)) {
			return ConsentCap
				.unusable("telemetry.home cannot be used. Nothing is sent, because the telemetry.yaml there"
						+ " may hold local-only. Fix telemetry.home.");
		}
		return judge(configured.with(look), look);
	}

	/**
	 * Judge what was read. A pure function.
	 * @param sources all settings, with those of the file
	 * @param look what was found at the place of the file
	 * @return the cap, or {@code null}
	 */
	static @Nullable ConsentCap judge(SettingSources sources, Look look) {
		String fault = look.fault();
		if (fault != null) {
			return ConsentCap.unusable(look.file() + (fault.startsWith("line ") ? " " : ": ") + fault
					+ ". Nothing is sent, because the file may hold local-only. " + sentence(look.action()));
		}
		ConsentCap unusable = unusable(sources, look.yaml());
		return (unusable != null) ? unusable : ConsentCap.of(localOnly(sources));
	}

	private static @Nullable ConsentCap unusable(SettingSources sources, @Nullable TelemetryYaml yaml) {
		List<Setting> settings = new ArrayList<>((yaml != null) ? yaml.all() : List.of());
		settings.addAll(sources.list());
		Setting setting = ProtectiveSettings.findUnusable(settings);
		if (setting != null) {
			return ConsentCap.unusable(setting.origin() + ": '" + PropertyNames.displayName(setting)
					+ "' is unknown. Nothing is sent, because it may be meant as telemetry."
					+ ProtectiveSettings.meantBy(setting) + ". Fix or remove it.");
		}
		return null;
	}

	private static @Nullable String localOnly(SettingSources sources) {
		for (String name : List.of("telemetry.local-only", "telemetry.local")) {
			String reason = new SettingReader(sources, ProtectiveCap::ignore)
				.find(name, (text) -> ValueParser.flag().parse(text) ? name + " is true" : "",
						() -> Optional.of(name + " is neither true nor false, and counts as true"))
				.orElse("");
			if (!reason.isEmpty()) {
				return reason;
			}
		}
		return null;
	}

	private static void ignore(Problem problem) {
	}

	private static String sentence(String clause) {
		return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
	}

}
