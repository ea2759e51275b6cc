package dev.telemetry.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.telemetry.consent.BooleanWord;
import dev.telemetry.consent.ConsentInput;
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

	private ReplaySettings(List<SettingSource> sources) {
		this.sources = sources;
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
		if (bytes != null) {
			sources.add(parse(bytes));
		}
		else if (!file.isAbsent()) {
			throw new UserException(TelemetryYaml.NAME + " cannot be used: " + file.refusal(),
					"mend or remove the file");
		}
		return new ReplaySettings(sources);
	}

	private static TelemetryYaml parse(byte[] bytes) {
		try {
			return TelemetryYamlParser.parse(bytes);
		}
		catch (WrongValueException ex) {
			throw new UserException(TelemetryYaml.NAME + " " + ex.problem(), ex.mend());
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
			.map((setting) -> parse(name, setting, parser));
	}

	private Stream<Setting> settings(String name) {
		return this.sources.stream().map((source) -> source.find(name)).filter(Objects::nonNull);
	}

	private static <T> T parse(String name, Setting setting, Function<String, T> parser) {
		try {
			if (setting.text().contains("${")) {
				throw new WrongValueException("has a placeholder, which only the application can resolve",
						"name the value as an option");
			}
			return parser.apply(setting.text().trim());
		}
		catch (WrongValueException ex) {
			throw new UserException(name + " (" + setting.origin() + ") " + ex.problem(), ex.mend());
		}
	}

	/** Return a text, or {@code null}. */
	@Nullable String text(String name) {
		return find(name, (text) -> text).orElse(null);
	}

	/** Return whether a switch is on; what is no word of yes or no counts as given. */
	boolean isOn(String name, boolean neither) {
		BooleanWord word = BooleanWord.of(settings(name).findFirst().map(Setting::text).orElse(null));
		return word == BooleanWord.TRUE || (word == BooleanWord.NEITHER && neither);
	}

	/** Return the headers of a map; of a name the first source wins. */
	Headers headers(String map) {
		Headers headers = new Headers();
		for (int i = this.sources.size() - 1; i >= 0; i--) {
			for (Setting setting : this.sources.get(i).list()) {
				if (Headers.isSetBy(setting, map) && !setting.text().isBlank()) {
					parse(PREFIX + map, setting, (text) -> {
						headers.put(setting, map, text);
						return headers;
					});
				}
			}
		}
		return headers;
	}

	/** Return what is said about consent: rules 1 and 2. */
	List<ConsentInput> consent() {
		return List.of(consent(1, "telemetry.feature.enabled", "telemetry.feature.enabled"),
				consent(2, "telemetry.enabled", "telemetry.enabled"),
				consent(2, "telemetry.opt-in", "TELEMETRY_OPT_IN"));
	}

	private ConsentInput consent(int rule, String name, String input) {
		Setting setting = settings(name).findFirst().orElse(null);
		if (setting == null || (rule == 2 && setting.text().isBlank())) {
			return new ConsentInput(rule, input, null, null, false);
		}
		return new ConsentInput(rule, input, setting.text(), setting.origin(), false);
	}

	/** Return why nothing may leave this machine, or {@code null}. */
	@Nullable String localOnly() {
		return Stream.of("telemetry.local-only", "telemetry.local")
			.filter((name) -> isOn(name, true))
			.findFirst()
			.map((name) -> name + " is true")
			.orElse(null);
	}

	/** Read a time such as {@code 10s} or {@code PT10S}; bare numbers are seconds. */
	static Duration duration(String text) {
		String time = text.toLowerCase(Locale.ROOT);
		try {
			if (time.startsWith("p")) {
				return Duration.parse(text);
			}
			int digits = (int) time.chars().takeWhile(Character::isDigit).count();
			long amount = Long.parseLong(time.substring(0, digits));
			return switch (time.substring(digits)) {
				case "ms" -> Duration.ofMillis(amount);
				case "", "s" -> Duration.ofSeconds(amount);
				case "m" -> Duration.ofMinutes(amount);
				case "h" -> Duration.ofHours(amount);
				case "d" -> Duration.ofDays(amount);
				default -> throw new NumberFormatException();
			};
		}
		catch (DateTimeException | ArithmeticException | NumberFormatException ex) {
			throw new WrongValueException("is not a duration", "use a number with a unit, such as '30d'");
		}
	}

}
