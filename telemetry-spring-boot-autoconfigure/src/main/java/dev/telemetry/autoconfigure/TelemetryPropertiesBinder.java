package dev.telemetry.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import dev.telemetry.autoconfigure.TelemetryProperties.Consent.Prompt;
import dev.telemetry.autoconfigure.TelemetryProperties.Consent.Store;
import dev.telemetry.autoconfigure.TelemetryYamlFile.Look;
import dev.telemetry.consent.gate.ConsentCap;
import dev.telemetry.consent.notice.NoticeStatements;
import dev.telemetry.delivery.SpillSettings;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.NoticeParties;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.ValueParser;
import dev.telemetry.setting.WrongValueException;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.storage.Home;

import org.springframework.core.env.Environment;

/**
 * Binds {@code telemetry.*}, so that a wrong value is a problem and never the end of the
 * application's start. What one value may be is stated where it is declared, in
 * {@link TelemetryProperties}; here is what follows from several values together.
 */
final class TelemetryPropertiesBinder {

	private static final String RETRY_MAX = "telemetry.delivery.retry.max";

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
	 * Bind all properties.
	 * @return the settings
	 */
	TelemetrySettings bind() {
		return bind(new TelemetryConnectionDetails() {
		});
	}

	/**
	 * Bind everything.
	 * @param connection supplies the addresses of destinations in place of properties
	 * @return the settings
	 */
	TelemetrySettings bind(TelemetryConnectionDetails connection) {
		SettingSources configured = SettingSources.of(this.environment);
		// What the file must not decide is read before the file is
		SettingReader outside = new SettingReader(configured, this.problems);
		Home home = this.tools.home(outside);
		Look look = (home != null && !isAotProcessing()) ? this.file.read(home.path()) : Look.ABSENT;
		SettingSources written = configured.with(look);
		SettingSources all = written.after(new ConnectionSettingSource(connection, usesGrpc(written), this.problems));
		SettingReader reader = new SettingReader(all, this.problems);
		new NameCheck(outside, look.yaml()).report();
		reader.find("telemetry.local", ValueParser.flag(), Optional::empty);
		PropertyBinding binding = new PropertyBinding(PropertyTree.ALL, reader);
		TelemetryProperties properties = properties(binding);
		ConsentCap cap = ProtectiveCap.judge(all, look);
		boolean unusable = cap != null && cap.unusableInput();
		TelemetrySettings.Tool tool = this.tools.tool(properties.tool());
		NoticeProperties notice = binding.bind(NoticeProperties.class);
		return new TelemetrySettings(properties, tool, home, consent(binding, properties.consent()), parties(notice),
				statements(notice), machineId(properties.machineId(), tool, unusable),
				recording(reader, properties, unusable), delivery(properties),
				new SinkSettings(reader, binding, properties, this.tools).bind(home, tool),
				deletion(properties.deletion()), properties.web().allowedHosts());
	}

	private static TelemetryProperties properties(PropertyBinding binding) {
		TelemetryProperties properties = binding.bind(TelemetryProperties.class);
		TelemetryProperties.Retry retry = properties.delivery().retry();
		if (binding.origin(RETRY_MAX) == null || retry.max().compareTo(retry.initial()) >= 0) {
			return properties;
		}
		binding.discard(RETRY_MAX, new WrongValueException("is shorter than telemetry.delivery.retry.initial",
				"use a longer one, or remove it"));
		return binding.bind(TelemetryProperties.class);
	}

	/**
	 * Read past the binding, which is of the address too; what is wrong is reported
	 * there.
	 */
	private static boolean usesGrpc(SettingSources sources) {
		try {
			List<Setting> found = sources.findAll("telemetry.protocol");
			return !found.isEmpty() && "grpc".equalsIgnoreCase(sources.resolve(found.get(0)).strip());
		}
		catch (WrongValueException ex) {
			return false;
		}
	}

	private boolean isAotProcessing() {
		return "true".equals(this.environment.getProperty("spring.aot.processing"));
	}

	/** An invalid store must not be replaced by one that holds no denial. */
	private static TelemetrySettings.Consent consent(PropertyBinding binding, TelemetryProperties.Consent consent) {
		Store store = binding.isWrong("telemetry.consent.store") ? null : consent.store();
		return new TelemetrySettings.Consent(consent.notice(), consent.maxAge(), consent.trustPackaged(),
				consent.detectTestEnvironment(), consent.detectCi(), consent.requireNotice(),
				consent.prompt() == Prompt.INTERACTIVE, store, consent.jdbc().initializeSchema());
	}

	private static NoticeParties parties(NoticeProperties notice) {
		return new NoticeParties(notice.controller(), notice.contact());
	}

	private static NoticeStatements statements(NoticeProperties notice) {
		return new NoticeStatements(notice.introduction(), notice.privacyPolicy(), notice.recipientRetention(),
				notice.thirdCountry(), notice.locale());
	}

	private static TelemetrySettings.MachineId machineId(TelemetryProperties.MachineId id, TelemetrySettings.Tool tool,
			boolean unusable) {
		return new TelemetrySettings.MachineId(unusable ? MachineIdMode.NONE : id.mode(),
				Objects.requireNonNullElse(id.salt(), tool.name() + ".telemetry.v1"));
	}

	private static TelemetrySettings.Recording recording(SettingReader reader, TelemetryProperties properties,
			boolean unusable) {
		TelemetryProperties.Anomaly anomaly = properties.anomaly();
		return new TelemetrySettings.Recording(MetadataSettings.read(reader), properties.runtimeFields() && !unusable,
				properties.specs(), unusable ? UndeclaredPolicy.DROP : properties.undeclared(),
				properties.maxAttributes(), properties.maxAttributeLength(), EventOverrides.read(reader),
				properties.debug(), anomaly.enabled() ? anomaly.cooldown() : null);
	}

	private static TelemetrySettings.Delivery delivery(TelemetryProperties properties) {
		TelemetryProperties.Spill spill = properties.spill();
		return new TelemetrySettings.Delivery(properties.buffer().capacity(), properties.batchSize(),
				properties.batchTimeout(), retry(properties.delivery().retry()), shutdownTimeout(properties),
				new SpillSettings(properties.delivery().mode(), spill.maxSize().toBytes(), spill.maxAge(),
						spill.fsync()));
	}

	/** A command ends when its user expects it to. */
	private static Duration shutdownTimeout(TelemetryProperties properties) {
		Duration timeout = properties.shutdownTimeout();
		Duration budget = properties.commandEvents().exitBudget();
		return (properties.commandEvents().enabled() && budget.compareTo(timeout) < 0) ? budget : timeout;
	}

	/** By default the longest wait is no shorter than the first. */
	private static TelemetrySettings.Retry retry(TelemetryProperties.Retry retry) {
		Duration max = (retry.max().compareTo(retry.initial()) < 0) ? retry.initial() : retry.max();
		return new TelemetrySettings.Retry(retry.initial(), max, retry.multiplier(), retry.jitter());
	}

	/**
	 * A wrong address counts as none: sending the request to another party would be
	 * worse.
	 */
	private static TelemetrySettings.Deletion deletion(TelemetryProperties.Deletion deletion) {
		String url = deletion.http().url();
		return new TelemetrySettings.Deletion((url != null) ? URI.create(url) : null, deletion.email().address(),
				deletion.event());
	}

}
