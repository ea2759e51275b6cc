package dev.telemetry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.telemetry.consent.gate.BooleanWord;
import dev.telemetry.setting.EncryptedValue;
import dev.telemetry.setting.EnvironmentSettingSource;
import dev.telemetry.setting.Headers;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.SettingSource;
import dev.telemetry.setting.TelemetryYaml;
import dev.telemetry.setting.TelemetryYamlParser;
import dev.telemetry.setting.WrongValueException;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;

/**
 * What the environment and {@code telemetry.yaml} say, in the words of the application
 * and in its order. What only the application knows, such as its own
 * {@code application.yaml}, is not seen. No message quotes a value.
 */
final class ReplaySettings {

	private static final int MAX_BYTES = 64 * 1024;

	private static final String PREFIX = "telemetry.";

	/** What counts first comes first. */
	private final List<SettingSource> sources;

	private final @Nullable TelemetryYaml file;

	private ReplaySettings(List<SettingSource> sources, @Nullable TelemetryYaml file) {
		this.sources = sources;
		this.file = file;
	}

	/**
	 * Read the settings.
	 * @param home where {@code telemetry.yaml} may lie
	 * @param host knows the variables
	 * @return the settings
	 * @throws UserException if the file cannot be used
	 */
	static ReplaySettings read(Home home, Host host) {
		List<SettingSource> sources = new ArrayList<>();
		sources.add(new EnvironmentSettingSource(host.variables(), null));
		PrivateFile.Content file = PrivateFile.read(home.resolve(TelemetryYaml.NAME), MAX_BYTES);
		byte[] bytes = file.bytes();
		TelemetryYaml yaml = (bytes != null) ? parse(bytes) : null;
		if (yaml != null) {
			sources.add(yaml);
		}
		else if (!file.isAbsent()) {
			throw new UserException(TelemetryYaml.NAME + " cannot be used: " + file.refusal(),
					"fix or remove the file");
		}
		return new ReplaySettings(sources, yaml);
	}

	private static TelemetryYaml parse(byte[] bytes) {
		try {
			return TelemetryYamlParser.parse(bytes);
		}
		catch (WrongValueException ex) {
			throw new UserException(TelemetryYaml.NAME + " " + ex.problem(), ex.action());
		}
	}

	/**
	 * Find a value.
	 * @param name the canonical name
	 * @param parser makes the value of the text
	 * @param <T> the type of the value
	 * @return the value, or empty when there is none
	 * @throws UserException if it cannot be used
	 */
	<T> Optional<T> find(String name, Function<String, T> parser) {
		return settings(name).findFirst()
			.filter((setting) -> !setting.text().isBlank())
			.map((setting) -> parse(name, setting, (text) -> {
				if (isPart(setting, name)) {
					throw new WrongValueException("is a list or a map", "write one value");
				}
				return parser.apply(text);
			}));
	}

	/**
	 * Return what is set under a name, or the first part of it: what counts comes first.
	 * @param name the canonical name
	 */
	Stream<Setting> settings(String name) {
		return this.sources.stream().map((source) -> source.findOrPart(name)).filter(Objects::nonNull);
	}

	private static <T> T parse(String name, Setting setting, Function<String, T> parser) {
		try {
			if (setting.text().contains("${")) {
				throw new WrongValueException("has a placeholder, which only the application can resolve",
						"name the value as an option");
			}
			EncryptedValue.refuse(setting.text());
			return parser.apply(setting.text().trim());
		}
		catch (WrongValueException ex) {
			throw new UserException(name + " (" + setting.origin() + ") " + ex.problem(), ex.action());
		}
	}

	/** Return whether it sets only a part, as of a list. */
	static boolean isPart(Setting setting, String name) {
		return setting.isPartOf(name.substring(PREFIX.length()));
	}

	/** Return a text, or {@code null}. */
	@Nullable String text(String name) {
		return find(name, (text) -> text).orElse(null);
	}

	/**
	 * Return whether a switch is on; a value that is neither true nor false counts as
	 * {@code neither}.
	 */
	boolean isOn(String name, boolean neither) {
		Setting setting = settings(name).findFirst().orElse(null);
		BooleanWord word = (setting == null) ? BooleanWord.UNSET
				: isPart(setting, name) ? BooleanWord.NEITHER : BooleanWord.of(setting.text());
		return word == BooleanWord.TRUE || (word == BooleanWord.NEITHER && neither);
	}

	/** Return the headers of a map; of a name the first source wins. */
	Headers headers(String map) {
		Headers headers = new Headers();
		for (int i = this.sources.size() - 1; i >= 0; i--) {
			List<Setting> source = this.sources.get(i).list();
			for (Setting setting : source) {
				if (Headers.isSetBy(setting, map) && !setting.text().isBlank()) {
					parse(PREFIX + map, setting, (text) -> {
						headers.put(setting, source, map, text);
						return headers;
					});
				}
			}
		}
		return headers;
	}

	/** Return everything that is set. */
	List<Setting> all() {
		return this.sources.stream().map(SettingSource::list).flatMap(List::stream).toList();
	}

	/** Return what the file says about consent, or {@code null}. */
	@Nullable Setting enabledByFile() {
		return (this.file != null) ? this.file.enabled() : null;
	}

}
