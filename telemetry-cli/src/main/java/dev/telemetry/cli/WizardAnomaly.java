package dev.telemetry.cli;

import java.util.HashSet;
import java.util.Set;

/** Asks which values of an event stand out. */
final class WizardAnomaly {

	/** The linter wants as many for an average. */
	private static final int MIN_SAMPLE = 5;

	private final WizardInput answers;

	private final YamlText yaml;

	private final Set<String> left;

	/**
	 * Create the questions.
	 * @param answers where the answers about the event come from
	 * @param yaml takes the rule
	 * @param metrics the properties that may be watched
	 */
	WizardAnomaly(WizardInput answers, YamlText yaml, Set<String> metrics) {
		this.answers = answers;
		this.yaml = yaml;
		this.left = new HashSet<>(metrics);
	}

	void ask() {
		if (!this.answers.yes(Question.yesOrNo("watch", "Watch its values for unusual ones?", false))) {
			return;
		}
		this.yaml.open("anomalyDetection").putWord("minimumSample", this.answers.ask(sample()));
		this.yaml.open("thresholds");
		Question another = Question.yesOrNo("another_threshold", "Another bound?", false);
		for (int i = 0; i == 0 || (!this.left.isEmpty() && this.answers.more("thresholds", i, another)); i++) {
			threshold(this.answers.entry("thresholds", i));
		}
		this.yaml.close();
		String action = Words.plain(this.answers
			.ask(Question.oneOf("action", "What is done then", "alert", "alert", "log", "trigger_regen")));
		this.yaml.putWord("actions", "[" + action + "]").close();
	}

	private static Question sample() {
		return SpecWizard.wholeNumber("minimum_sample", "How many events must be there before one is judged", "10")
			.checked((number) -> (Integer.parseInt(number) >= MIN_SAMPLE) ? null : "write " + MIN_SAMPLE + " or more");
	}

	private void threshold(WizardInput threshold) {
		String metric = threshold.ask(Question.oneOf("metric", "Property", null, this.left.toArray(String[]::new)));
		this.left.remove(metric);
		this.yaml.item().put("metric", metric);
		String min = threshold.ask(number("min", "The least it should be"));
		String max = threshold.ask(number("max", "The most it should be")
			.checked((given) -> isAbove(given, min) ? null : "write a number above " + min));
		Question percent = number("percent_change", "By how many percent it may differ from its average")
			.checked((given) -> isAbove(given, "0") ? null : "write a number above 0");
		boolean bounded = !min.isEmpty() || !max.isEmpty();
		String change = threshold
			.ask(bounded ? percent : new Question(percent.key(), percent.text(), null, percent.check()));
		this.yaml.putWord("min", min).putWord("max", max).putWord("percentChange", change).close();
	}

	private static Question number(String key, String text) {
		return Question.optional(key, text)
			.checked(
					(number) -> number.matches("-?[0-9]{1,12}(\\.[0-9]{1,6})?") ? null : "write a number such as 1500");
	}

	private static boolean isAbove(String number, String bound) {
		return bound.isEmpty() || Double.parseDouble(number) > Double.parseDouble(bound);
	}

}
