package dev.telemetry.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How many years of school a text needs, by the usual formulas: that of Flesch and
 * Kincaid for English, the first one of Bamberger and Vanecek ("Wiener Sachtextformel")
 * for German. Syllables are counted as groups of vowels, so that it is about half a grade
 * exact.
 *
 * @param words how many words there are; names in the form of code count as one
 * @param sentences how many sentences, headings and entries of lists there are
 * @param grade the years of school
 */
record ReadingGrade(int words, int sentences, double grade) {

	private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=[.!?:;])\\s+|\\R+");

	private static final Pattern VOWELS = Pattern.compile("[aeiouy\u00e4\u00f6\u00fc]+");

	private static final Pattern GERMAN_VOWELS = Pattern.compile("ei|ai|au|eu|\u00e4u|ie|[aeiouy\u00e4\u00f6\u00fc]");

	/** Not heard in English: the last letter of "done", but not that of "table". */
	private static final Pattern SILENT = Pattern.compile("(?<![aeiouyl])e$|(?<=[^aeiouytd])ed$");

	static ReadingGrade english(String text) {
		List<String> words = words(text);
		int sentences = sentences(text);
		double syllables = words.stream().mapToInt(ReadingGrade::englishSyllables).sum();
		return new ReadingGrade(words.size(), sentences,
				0.39 * words.size() / sentences + 11.8 * syllables / words.size() - 15.59);
	}

	static ReadingGrade german(String text) {
		List<String> words = words(text);
		int sentences = sentences(text);
		double longest = share(words, (word) -> germanSyllables(word) >= 3);
		double shortest = share(words, (word) -> germanSyllables(word) == 1);
		double letters = share(words, (word) -> word.length() > 6);
		return new ReadingGrade(words.size(), sentences,
				0.1935 * longest + 0.1672 * words.size() / sentences + 0.1297 * letters - 0.0327 * shortest - 0.875);
	}

	private static double share(List<String> words, Predicate<String> counted) {
		return 100.0 * words.stream().filter(counted).count() / words.size();
	}

	private static int sentences(String text) {
		return (int) END_OF_SENTENCE.splitAsStream(text).filter((sentence) -> !words(sentence).isEmpty()).count();
	}

	private static List<String> words(String text) {
		return Arrays.stream(text.split("\\s+"))
			.map((word) -> word.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}'-]", ""))
			.filter((word) -> word.chars().anyMatch(Character::isLetter))
			.toList();
	}

	private static int englishSyllables(String word) {
		return Math.max(1, (int) VOWELS.matcher(SILENT.matcher(word).replaceFirst("")).results().count());
	}

	private static int germanSyllables(String word) {
		return Math.max(1, (int) GERMAN_VOWELS.matcher(word).results().count());
	}

}
