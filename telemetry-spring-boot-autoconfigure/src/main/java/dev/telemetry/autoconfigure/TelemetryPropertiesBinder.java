package dev.telemetry.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.telemetry.autoconfigure.TelemetryProperties.Consent.InitializeSchema;
import dev.telemetry.autoconfigure.TelemetryProperties.Consent.Prompt;
import dev.telemetry.autoconfigure.TelemetryProperties.Consent.Store;
import dev.telemetry.delivery.DeliveryMode;
import dev.telemetry.delivery.SpillSettings;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.problem.Problem;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.TelemetryYaml;
import dev.telemetry.setting.WrongValueException;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Binds {@code telemetry.*} value by value, so that a wrong value is a problem and never
 * the end of the application's start. What protects people takes its most private
 * reading, a sink with a wrong setting is not created, anything else keeps its default.
 */
final class TelemetryPropertiesBinder {

	/** Beyond it a duration is a slip of the pen. */
	private static final Duration DAY = Duration.ofDays(1);

	private static final Duration CENTURY = Duration.ofDays(36500);

	private static final Duration INSTANT = Duration.ofMillis(1);

	private static final int MANY = 1_000_000;

	private final TelemetryProperties defaults = new Binder().bindOrCreate("telemetry", TelemetryProperties.class);

	private final Environment environment;

	private final ToolSettings tools;

	private final TelemetryYamlFile file;

	private final Consumer<Problem> problems;

	/**
	 * Create a binder.
	 * @param environment the application's environment
	 * @param tools what is known about the application without configuration
	 * @param file the file in the home
	 * @param problems takes what is wrong
	 */
	TelemetryPropertiesBinder(Environment environment, ToolSettings tools, TelemetryYamlFile file,
			Consumer<Problem> problems) {
		this.environment = environment;
		this.tools = tools;
		this.file = file;
		this.problems = problems;
	}

	/**
	 * Bind everything that properties say.
	 * @return the settings
	 */
	TelemetrySettings bind() {
		return bind(new TelemetryConnectionDetails() {
		});
	}

	/**
	 * Bind everything.
	 * @param connection says where receivers are in place of properties
	 * @return the settings
	 */
	TelemetrySettings bind(TelemetryConnectionDetails connection) {
		SettingSources configured = SettingSources.of(this.environment)
			.after(new ConnectionSettingSource(connection, this.problems));
		// What the file must not decide is read before the file is
		SettingReader outside = new SettingReader(configured, this.problems);
		Home home = this.tools.home(outside);
		TelemetryYaml yaml = (home != null && !isAotProcessing()) ? this.file.read(home.path()) : null;
		SettingSources all = (yaml != null) ? configured.with(yaml) : configured;
		SettingReader reader = new SettingReader(all, this.problems);
		reportNames(reader, yaml);
		reportConsentWords(outside);
		TelemetrySettings.Tool tool = this.tools.tool(reader);
		return new TelemetrySettings(tool, home, consent(outside), machineId(reader, tool), recording(reader),
				delivery(reader), new SinkSettings(reader, this.defaults, this.tools).bind(home, tool),
				deletion(reader), allowedHosts(reader));
	}

	private boolean isAotProcessing() {
		return "true".equals(this.environment.getProperty("spring.aot.processing"));
	}

	private void reportNames(SettingReader reader, @Nullable TelemetryYaml yaml) {
		for (Setting setting : reader.sources().list()) {
			WrongValueException wrong = KnownProperties.judge(setting);
			if (wrong != null) {
				reader.report(KnownProperties.displayName(setting), setting.origin(), wrong);
			}
		}
		for (Setting setting : (yaml != null) ? yaml.ignored() : List.<Setting>of()) {
			reader.report(KnownProperties.displayName(setting), setting.origin(), new WrongValueException(
					"is not read from " + TelemetryYaml.NAME, "set it in the application's configuration"));
		}
	}

	/** The rules of consent read these words themselves; here they are only judged. */
	private static void reportConsentWords(SettingReader reader) {
		for (String name : List.of("telemetry.feature.enabled", "telemetry.enabled", "telemetry.opt-in")) {
			reader.find(name, ValueParser.flag(), Optional::empty);
		}
	}

	private TelemetrySettings.Consent consent(SettingReader reader) {
		return new TelemetrySettings.Consent(
				reader.find("telemetry.consent.notice", ValueParser.line(200), () -> Optional.of("invalid"))
					.orElse(null),
				reader.read("telemetry.consent.max-age", ValueParser.duration(Duration.ZERO, CENTURY),
						this.defaults.consent().maxAge(), Duration.ZERO),
				reader.read("telemetry.consent.trust-packaged", ValueParser.flag(),
						this.defaults.consent().trustPackaged(), false),
				reader.read("telemetry.consent.detect-test-environment", ValueParser.flag(),
						this.defaults.consent().detectTestEnvironment(), true),
				reader.read("telemetry.consent.detect-ci", ValueParser.flag(), this.defaults.consent().detectCi(),
						true),
				reader.read("telemetry.consent.require-notice", ValueParser.flag(),
						this.defaults.consent().requireNotice(), true),
				reader.read("telemetry.consent.prompt", ValueParser.choice(Prompt.class),
						this.defaults.consent().prompt(), Prompt.NEVER) == Prompt.INTERACTIVE,
				store(reader),
				reader.read("telemetry.consent.jdbc.initialize-schema", ValueParser.choice(InitializeSchema.class),
						this.defaults.consent().jdbc().initializeSchema(), InitializeSchema.NEVER));
	}

	/** A place nobody understands must not be replaced by one where nobody said no. */
	private @Nullable Store store(SettingReader reader) {
		ValueParser<Store> parser = ValueParser.choice(Store.class);
		Optional<Optional<Store>> said = reader.find("telemetry.consent.store",
				(text) -> Optional.of(parser.parse(text)), () -> Optional.of(Optional.empty()));
		return said.isPresent() ? said.get().orElse(null) : this.defaults.consent().store();
	}

	private TelemetrySettings.MachineId machineId(SettingReader reader, TelemetrySettings.Tool tool) {
		MachineIdMode mode = reader.read("telemetry.machine-id.mode", ValueParser.choice(MachineIdMode.class),
				this.defaults.machineId().mode(), MachineIdMode.NONE);
		String salt = reader.read("telemetry.machine-id.salt", ValueParser.line(200), tool.name() + ".telemetry.v1");
		return new TelemetrySettings.MachineId(mode, salt);
	}

	private TelemetrySettings.Recording recording(SettingReader reader) {
		return new TelemetrySettings.Recording(metadata(reader),
				reader.read("telemetry.runtime-fields", ValueParser.flag(), this.defaults.runtimeFields()),
				specs(reader),
				reader
					.find("telemetry.undeclared", ValueParser.choice(UndeclaredPolicy.class),
							() -> Optional.of(UndeclaredPolicy.DROP))
					.orElse(null),
				reader.read("telemetry.max-attributes", ValueParser.wholeNumber(1, 1024),
						this.defaults.maxAttributes()),
				reader.read("telemetry.max-attribute-length", ValueParser.wholeNumber(1, 65536),
						this.defaults.maxAttributeLength()),
				EventOverrides.read(reader), reader.read("telemetry.debug", ValueParser.flag(), this.defaults.debug()),
				anomalyCooldown(reader));
	}

	private @Nullable Duration anomalyCooldown(SettingReader reader) {
		boolean enabled = reader.read("telemetry.anomaly.enabled", ValueParser.flag(),
				this.defaults.anomaly().enabled(), false);
		Duration cooldown = reader.read("telemetry.anomaly.cooldown", ValueParser.duration(Duration.ZERO, CENTURY),
				this.defaults.anomaly().cooldown());
		return enabled ? cooldown : null;
	}

	private List<String> specs(SettingReader reader) {
		String name = "telemetry.specs";
		List<Setting> settings = reader.sources().findList(name);
		List<String> patterns = new ArrayList<>();
		for (Setting setting : settings) {
			reader.parse(name, setting, ValueParser.patterns(), Optional::empty).ifPresent(patterns::addAll);
		}
		return settings.isEmpty() ? this.defaults.specs() : patterns;
	}

	private static Map<String, String> metadata(SettingReader reader) {
		Map<String, Setting> first = new LinkedHashMap<>();
		for (Setting setting : reader.sources().list()) {
			String key = setting.below("metadata");
			if (key != null) {
				first.putIfAbsent(key, setting);
			}
		}
		Map<String, String> metadata = new LinkedHashMap<>();
		first.forEach((key, setting) -> {
			ValueParser<String> parser = ValueParser.line(4096);
			reader.parse("telemetry.metadata." + key, setting, parser, Optional::empty)
				.ifPresent((value) -> metadata.put(key, value));
		});
		return metadata;
	}

	private TelemetrySettings.Delivery delivery(SettingReader reader) {
		return new TelemetrySettings.Delivery(
				reader.read("telemetry.buffer.capacity", ValueParser.wholeNumber(1, MANY),
						this.defaults.buffer().capacity()),
				reader.read("telemetry.batch-size", ValueParser.wholeNumber(1, MANY), this.defaults.batchSize()),
				reader.read("telemetry.batch-timeout", ValueParser.duration(Duration.ZERO, DAY),
						this.defaults.batchTimeout()),
				retry(reader), reader.read("telemetry.shutdown-timeout", ValueParser.duration(Duration.ZERO, DAY),
						this.defaults.shutdownTimeout()),
				spill(reader));
	}

	private SpillSettings spill(SettingReader reader) {
		TelemetryProperties.Spill spill = this.defaults.spill();
		return new SpillSettings(
				reader.read("telemetry.delivery.mode", ValueParser.choice(DeliveryMode.class),
						this.defaults.delivery().mode()),
				reader.read("telemetry.spill.max-size", ValueParser.size(DataSize.ofBytes(0)), spill.maxSize())
					.toBytes(),
				reader.read("telemetry.spill.max-age", ValueParser.duration(Duration.ZERO, CENTURY), spill.maxAge()),
				reader.read("telemetry.spill.fsync", ValueParser.flag(), spill.fsync()));
	}

	private TelemetrySettings.Retry retry(SettingReader reader) {
		TelemetryProperties.Retry retry = this.defaults.delivery().retry();
		Duration initial = reader.read("telemetry.delivery.retry.initial", ValueParser.duration(INSTANT, DAY),
				retry.initial());
		Duration longest = (initial.compareTo(retry.max()) > 0) ? initial : retry.max();
		return new TelemetrySettings.Retry(initial,
				reader.read("telemetry.delivery.retry.max", ValueParser.duration(initial, DAY), longest),
				reader.read("telemetry.delivery.retry.multiplier", ValueParser.number(1, 100), retry.multiplier()),
				reader.read("telemetry.delivery.retry.jitter", ValueParser.number(0, 1), retry.jitter()));
	}

	/** A wrong address counts as none: asking somebody else would be worse. */
	private TelemetrySettings.Deletion deletion(SettingReader reader) {
		return new TelemetrySettings.Deletion(
				reader.find("telemetry.deletion.http.url", DeletionAddress::url, Optional::empty).orElse(null),
				reader.find("telemetry.deletion.email.address", DeletionAddress::mail, Optional::empty).orElse(null),
				reader.read("telemetry.deletion.event", ValueParser.flag(), this.defaults.deletion().event(), false));
	}

	private static List<String> allowedHosts(SettingReader reader) {
		String name = "telemetry.web.allowed-hosts";
		List<String> hosts = new ArrayList<>();
		for (Setting setting : reader.sources().findList(name)) {
			reader.parse(name, setting, ValueParser.hostNames(), Optional::empty).ifPresent(hosts::addAll);
		}
		return hosts;
	}

}
