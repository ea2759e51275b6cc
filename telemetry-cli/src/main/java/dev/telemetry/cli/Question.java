package dev.telemetry.cli;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Something the wizard wants to know.
 *
 * @param key what it is called in a file of answers
 * @param text how a person is asked
 * @param standard the answer when nothing is said; {@code null} when something has to be
 * @param check says what is wrong with an answer, in one clause that ends with the fix,
 * or {@code null} when it will do
 */
record Question(String key, String text, @Nullable String standard, Function<String, @Nullable String> check) {

	private static final int MAX_LENGTH = 1000;

	static Question required(String key, String text) {
		return new Question(key, text, null, (answer) -> null);
	}

	static Question optional(String key, String text) {
		return withStandard(key, text, "");
	}

	static Question withStandard(String key, String text, String standard) {
		return new Question(key, text, standard, (answer) -> null);
	}

	static Question yesOrNo(String key, String text, boolean standard) {
		return oneOf(key, text, standard ? "yes" : "no", "yes", "no");
	}

	static Question oneOf(String key, String text, @Nullable String standard, String... words) {
		return new Question(key, text + " (" + String.join("/", words) + ")", standard,
				(answer) -> List.of(words).contains(Words.plain(answer)) ? null
						: "write " + String.join(" or ", words));
	}

	/** Add a check, for an answer that is not empty. */
	Question checked(Function<String, @Nullable String> more) {
		return new Question(this.key, this.text, this.standard, (answer) -> {
			String problem = this.check.apply(answer);
			return (problem != null) ? problem : more.apply(answer);
		});
	}

	/**
	 * Judge an answer.
	 * @param answer what was said, trimmed
	 * @return what is wrong with it, or {@code null}
	 */
	@Nullable String problem(String answer) {
		if (answer.isEmpty()) {
			return (this.standard == null) ? "an answer is needed" : null;
		}
		if (answer.length() > MAX_LENGTH || answer.chars().anyMatch(Character::isISOControl)) {
			return "write one line of at most " + MAX_LENGTH + " characters";
		}
		return this.check.apply(answer);
	}

	/** Return what an answer means. */
	String meant(String answer) {
		return (answer.isEmpty() && this.standard != null) ? this.standard : answer;
	}

}
