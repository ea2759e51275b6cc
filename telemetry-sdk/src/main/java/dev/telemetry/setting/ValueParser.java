package dev.telemetry.setting;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Converts the text of a setting into its value, for the application and for the command
 * line alike.
 *
 * @param <T> the type of the value
 */
@FunctionalInterface
public interface ValueParser<T> {

	/** The values that mean true, as in {@code docs/privacy.md}. */
	Set<String> TRUE_WORDS = Set.of("1", "true", "yes", "y", "on");

	/** The values that mean false. */
	Set<String> FALSE_WORDS = Set.of("0", "false", "no", "n", "off");

	/**
	 * Parse a value.
	 * @param text the text, trimmed and not empty
	 * @return the value
	 * @throws WrongValueException if it is none
	 */
	T parse(String text);

	/**
	 * Parse one of the values for true and false.
	 * @return the parser
	 */
	static ValueParser<Boolean> flag() {
		return (text) -> {
			String word = text.toLowerCase(Locale.ROOT);
			if (TRUE_WORDS.contains(word)) {
				return true;
			}
			if (FALSE_WORDS.contains(word)) {
				return false;
			}
			throw new WrongValueException("is neither true nor false", "use 'true' or 'false'");
		};
	}

	/**
	 * Parse text for people and machines: one line, not too long.
	 * @param maxLength the most characters
	 * @return the parser
	 */
	static ValueParser<String> line(int maxLength) {
		return (text) -> {
			if (text.length() > maxLength || text.chars().anyMatch(Character::isISOControl)) {
				throw new WrongValueException("is not one line of at most " + maxLength + " characters", "shorten it");
			}
			return text;
		};
	}

	/**
	 * Parse a language.
	 * @return the parser
	 */
	static ValueParser<Locale> language() {
		return (text) -> {
			try {
				return new Locale.Builder().setLanguageTag(text.replace('_', '-')).build();
			}
			catch (IllformedLocaleException ex) {
				throw new WrongValueException("is not a language", "use a tag such as 'de' or 'pt-BR'");
			}
		};
	}

	/**
	 * Parse a whole number.
	 * @param min the least
	 * @param max the most
	 * @return the parser
	 */
	static ValueParser<Integer> wholeNumber(int min, int max) {
		return (text) -> {
			try {
				int number = Integer.parseInt(text);
				if (number >= min && number <= max) {
					return number;
				}
			}
			catch (NumberFormatException ex) {
				// Said below
			}
			throw new WrongValueException("is not a whole number from " + min + " to " + max, "use such a number");
		};
	}

	/**
	 * Parse a number.
	 * @param min the least
	 * @param max the most
	 * @return the parser
	 */
	static ValueParser<Double> number(double min, double max) {
		return (text) -> {
			try {
				double number = Double.parseDouble(text);
				if (number >= min && number <= max) {
					return number;
				}
			}
			catch (NumberFormatException ex) {
				// Said below
			}
			throw new WrongValueException("is not a number from " + min + " to " + max, "use such a number");
		};
	}

	/**
	 * Parse a duration; bare numbers are seconds.
	 * @param min the shortest
	 * @param max the longest
	 * @return the parser
	 */
	static ValueParser<Duration> duration(Duration min, Duration max) {
		return (text) -> {
			try {
				Duration duration = Quantity.duration(text);
				if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
					return duration;
				}
			}
			catch (IllegalArgumentException | DateTimeException | ArithmeticException ex) {
				// Said below
			}
			throw new WrongValueException("is not a duration from " + min + " to " + max,
					"use a number with a unit, such as '5s'");
		};
	}

	/**
	 * Parse a size in bytes; bare numbers are bytes.
	 * @param min the smallest, in bytes
	 * @return the parser
	 */
	static ValueParser<Long> size(long min) {
		return (text) -> {
			try {
				long size = Quantity.bytes(text);
				if (size >= min) {
					return size;
				}
			}
			catch (IllegalArgumentException | ArithmeticException ex) {
				// Said below
			}
			throw new WrongValueException("is not a size of at least " + min + "B",
					"use a number with a unit, such as '10MB'");
		};
	}

	/**
	 * Parse the name of a constant.
	 * @param type the type of the constants
	 * @param <E> the type of the constants
	 * @return the parser
	 */
	static <E extends Enum<E>> ValueParser<E> choice(Class<E> type) {
		return (text) -> {
			for (E constant : type.getEnumConstants()) {
				if (constant.name().equalsIgnoreCase(text.replace('-', '_'))) {
					return constant;
				}
			}
			String names = Arrays.stream(type.getEnumConstants())
				.map((constant) -> "'" + constant.name().toLowerCase(Locale.ROOT) + "'")
				.collect(Collectors.joining(" or "));
			throw new WrongValueException("is not " + names, "use " + names);
		};
	}

	/**
	 * Parse host names, parted by commas.
	 * @return the parser; of a wrong name none is taken
	 */
	static ValueParser<List<String>> hostNames() {
		return (text) -> {
			List<String> names = new ArrayList<>();
			for (String item : text.split(",", -1)) {
				String name = item.strip().toLowerCase(Locale.ROOT);
				if (!name.chars().allMatch((c) -> (c < 128 && Character.isLetterOrDigit(c)) || c == '-' || c == '.')) {
					throw new WrongValueException("has something that is not a host name",
							"use names such as 'app.example.com', without scheme and port");
				}
				names.add(name);
			}
			names.removeIf(String::isEmpty);
			return names;
		};
	}

	/**
	 * Parse resource patterns, parted by commas.
	 * @return the parser
	 */
	static ValueParser<List<String>> patterns() {
		ValueParser<String> line = line(4096);
		return (text) -> Arrays.stream(line.parse(text).split(","))
			.map(String::strip)
			.filter((pattern) -> !pattern.isEmpty())
			.toList();
	}

}
