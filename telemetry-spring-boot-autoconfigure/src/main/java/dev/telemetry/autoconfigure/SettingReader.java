package dev.telemetry.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.telemetry.problem.Problem;
import dev.telemetry.setting.Setting;
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
	 * @param absent the value when there is none
	 * @param wrong the value when it cannot be used
	 * @param <T> the type of the value
	 * @return the value
	 */
	<T> T read(String name, ValueParser<T> parser, T absent, T wrong) {
		return find(name, parser, () -> Optional.of(wrong)).orElse(absent);
	}

	/**
	 * Read a value for which its default is good enough when it is wrong.
	 * @param name the canonical name
	 * @param parser what makes the value of the text
	 * @param otherwise the value when there is none, or a wrong one
	 * @param <T> the type of the value
	 * @return the value
	 */
	<T> T read(String name, ValueParser<T> parser, T otherwise) {
		return read(name, parser, otherwise, otherwise);
	}

	/**
	 * Read a sink's own setting. Without a right value the sink is not created.
	 * @param sink the name of the sink
	 * @param name the canonical name
	 * @param parser what makes the value of the text
	 * @param <T> the type of the value
	 * @return the value, or empty when there is none, or a wrong one
	 */
	<T> Optional<T> findForSink(String sink, String name, ValueParser<T> parser) {
		return find(name, parser, () -> {
			disable(sink, name);
			return Optional.empty();
		});
	}

	/**
	 * Read a value that need not be there.
	 * @param name the canonical name
	 * @param parser what makes the value of the text
	 * @param wrong gives the value when the text cannot be used
	 * @param <T> the type of the value
	 * @return the value
	 */
	<T> Optional<T> find(String name, ValueParser<T> parser, Supplier<Optional<T>> wrong) {
		List<Setting> settings = this.sources.findAll(name);
		return settings.isEmpty() ? Optional.empty()
				: parse(name, settings.get(0), single(settings.get(0), parser), wrong);
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
			String text = this.sources.resolve(setting);
			return text.isEmpty() ? Optional.empty() : Optional.of(parser.parse(text));
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
		this.problems.accept(new Problem(name, origin, wrong.problem(), wrong.mend()));
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

	/** Spring joins the values of a repeated command line option with a comma. */
	private static <T> ValueParser<T> single(Setting setting, ValueParser<T> parser) {
		return (text) -> {
			if (setting.repeated()) {
				throw new WrongValueException("was given more than once, or has a comma", "give the option once");
			}
			return parser.parse(text);
		};
	}

}
