package dev.telemetry.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.telemetry.problem.Problem;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.ValueParser;
import dev.telemetry.setting.WrongValueException;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings value by value. A wrong value is one problem and gives what the caller
 * names for it; nothing is ever thrown.
 */
final class SettingReader {

	private final SettingSources sources;

	private final Consumer<Problem> problems;

	private final Map<String, String> disabledSinks = new LinkedHashMap<>();

	SettingReader(SettingSources sources, Consumer<Problem> problems) {
		this.sources = sources;
		this.problems = problems;
	}

	SettingSources sources() {
		return this.sources;
	}

	/**
	 * Read a value.
	 * @param name the canonical name
	 * @param parser what makes the value of the text
	 * @param wrong gives the value when the text cannot be used
	 * @param <T> the type of the value
	 * @return the value
	 */
	<T> Optional<T> find(String name, ValueParser<T> parser, Supplier<Optional<T>> wrong) {
		List<Setting> settings = this.sources.findAll(name);
		if (settings.isEmpty()) {
			return Optional.empty();
		}
		Setting setting = settings.get(0);
		if (setting.isPartOf(name.substring(PropertyTree.PREFIX.length()))) {
			report(name, setting.origin(), notOneValue());
			return wrong.get();
		}
		return parse(name, setting, single(setting, parser), wrong);
	}

	/**
	 * Parse one setting.
	 * @param name the name a problem is reported under
	 * @param setting the setting
	 * @param parser what makes the value of the text
	 * @param wrong gives the value when the text cannot be used
	 * @param <T> the type of the value
	 * @return the value, or empty when the text is blank
	 */
	<T> Optional<T> parse(String name, Setting setting, ValueParser<T> parser, Supplier<Optional<T>> wrong) {
		try {
			String value = this.sources.resolve(setting);
			String text = value.trim();
			if (text.isEmpty()) {
				return Optional.empty();
			}
			T parsed = parser.parse(text);
			if (PropertyTree.SECRETS.hasStrayLineBreak(setting, value)) {
				report(name, setting.origin(), strayLineBreak());
			}
			return Optional.of(parsed);
		}
		catch (WrongValueException ex) {
			report(name, setting.origin(), ex);
			return wrong.get();
		}
	}

	/**
	 * Report a wrong value.
	 * @param name the canonical name
	 * @param origin where it stands
	 * @param wrong what is wrong
	 */
	void report(String name, @Nullable String origin, WrongValueException wrong) {
		this.problems.accept(new Problem(name, origin, wrong.problem(), wrong.action()));
	}

	/**
	 * Say that a list or map stands where one value does.
	 * @return what is wrong
	 */
	static WrongValueException notOneValue() {
		return new WrongValueException("is a list or a map", "write one value");
	}

	/**
	 * Say that a secret has a line break that does not belong to it.
	 * @return what is wrong
	 */
	static WrongValueException strayLineBreak() {
		return new WrongValueException("has a line break at its beginning or end, which is left out",
				"remove it from where the value is kept");
	}

	/**
	 * Note that a sink cannot be created.
	 * @param sink the name of the sink
	 * @param name the canonical name of the property to blame
	 */
	void disable(String sink, String name) {
		this.disabledSinks.putIfAbsent(sink, name + " cannot be used");
	}

	/**
	 * Return the sinks that cannot be created so far.
	 * @return reasons by the name of the sink
	 */
	Map<String, String> disabledSinks() {
		return this.disabledSinks;
	}

	private static <T> ValueParser<T> single(Setting setting, ValueParser<T> parser) {
		return (text) -> {
			refuseRepeated(setting);
			return parser.parse(text);
		};
	}

	/** Spring joins the values of a repeated command line option with a comma. */
	static void refuseRepeated(Setting setting) {
		if (setting.repeated()) {
			throw new WrongValueException("was given more than once, or has a comma", "give the option once");
		}
	}

}
