package dev.telemetry.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Asks for the events of a spec. */
final class WizardEvents {

	private static final int MAX_YEARS = 2;

	private static final int MIN_REASON = 8;

	private static final Pattern WORDS = Pattern.compile("\\p{L}.*\\p{L}.*\\p{L}");

	private final LocalDate today;

	private final Set<String> names = new HashSet<>();

	WizardEvents(LocalDate today) {
		this.today = today;
	}

	/**
	 * Ask for at least one event.
	 * @param answers where answers come from
	 * @param yaml takes the events
	 * @param watched whether the spec watches values
	 */
	void ask(WizardInput answers, YamlText yaml, boolean watched) {
		Question another = Question.yesOrNo("another_event", "Another event?", false);
		for (int i = 0; i == 0 || answers.more("events", i, another); i++) {
			event(answers.entry("events", i), yaml, watched);
		}
	}

	private void event(WizardInput answers, YamlText yaml, boolean watched) {
		String name = answers.ask(SpecWizard.name("key", "Name of the event, such as order.placed")
			.checked((given) -> this.names.contains(given) ? "the spec has it already" : null));
		this.names.add(name);
		yaml.item().put("key", name).putWord("version", answers.ask(SpecWizard.version()));
		yaml.open("semantics")
			.put("what", answers.ask(Question.required("what", "What happened")))
			.put("who", answers.ask(Question.optional("who", "Who did it")))
			.close();
		yaml.put("purpose", answers.ask(words("purpose", "What will be decided by it")));
		String privacy = Words.plain(answers.ask(
				Question.oneOf("privacy", "How personal it is", "internal", "public", "internal", "pii", "sensitive")));
		yaml.putWord("privacy", privacy);
		yaml.putWord("expires", answers.ask(expiry()));
		retention(answers, yaml);
		Sampling sampling = sampling(answers);
		yaml.put("tags", answers.list(Question.optional("tags", "Tags of the event, separated by commas")));
		WizardProperties properties = new WizardProperties(answers, yaml, privacy);
		properties.ask();
		sampling.write(yaml,
				answers.ask(Question
					.optional("sampling_condition", "What must be true of those that are kept, such as items > 3")
					.checked(properties::problem)));
		if (watched && !properties.metrics().isEmpty()) {
			new WizardAnomaly(answers, yaml, properties.metrics()).ask();
		}
		yaml.close();
	}

	private Question expiry() {
		LocalDate last = this.today.plusYears(MAX_YEARS);
		return Question
			.withStandard("expires", "Day from which it is no longer needed", this.today.plusYears(1).toString())
			.checked((text) -> {
				LocalDate day = day(text);
				return (day != null && day.isAfter(this.today) && !day.isAfter(last)) ? null
						: "write a day after " + this.today + " and until " + last;
			});
	}

	private static @Nullable LocalDate day(String text) {
		try {
			return LocalDate.parse(text);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static void retention(WizardInput answers, YamlText yaml) {
		String days = answers
			.ask(SpecWizard.wholeNumber("retention_days", "Days it is kept, if others than the spec's", ""));
		if (!days.isEmpty()) {
			String policy = answers
				.ask(Question.oneOf("retention_policy", "What happens then", "delete", "delete", "archive"));
			yaml.open("retention").putWord("days", days).putWord("policy", Words.plain(policy)).close();
		}
	}

	private static Sampling sampling(WizardInput answers) {
		String rate = answers
			.ask(SpecWizard.rate("sampling_rate", "Share that is kept, if another than the spec's", ""));
		return new Sampling(rate, SpecWizard.isLow(rate)
				? answers.ask(reason("sampling_reason", "So few say little. Why is that enough?")) : "");
	}

	static Question words(String key, String text) {
		return Question.required(key, text)
			.checked((answer) -> (WORDS.matcher(answer).find() && answer.contains(" ")) ? null : "write a few words");
	}

	static Question reason(String key, String text) {
		return Question.required(key, text)
			.checked((reason) -> (reason.length() >= MIN_REASON) ? null : "write a few words");
	}

	/**
	 * Which events are kept.
	 *
	 * @param rate their share, empty for that of the spec
	 * @param reason why so few are enough, or empty
	 */
	private record Sampling(String rate, String reason) {

		void write(YamlText yaml, String condition) {
			if (this.rate.isEmpty() && condition.isEmpty()) {
				return;
			}
			yaml.open("sampling");
			if (!this.reason.isEmpty()) {
				yaml.comment("lint:allow sampling " + this.reason);
			}
			yaml.putWord("rate", this.rate)
				.put("conditions", condition.isEmpty() ? List.of() : List.of(condition))
				.close();
		}

	}

}
