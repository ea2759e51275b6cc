package dev.telemetry.cli;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import dev.telemetry.spec.TelemetrySpec;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a spec, from its name to its last property, and writes what was answered as
 * YAML. Every answer is judged when it is given, so that what was written needs no
 * change.
 */
final class SpecWizard {

	private static final String NAME = "[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*";

	private static final int MAX_NAME = 128;

	private final WizardInput answers;

	private final WizardEvents events;

	private final Function<String, @Nullable String> taken;

	private final YamlText yaml = new YamlText();

	private String key = "";

	/**
	 * Create a wizard.
	 * @param answers where answers come from
	 * @param today the day
	 * @param taken says why a name cannot be used for a spec, or {@code null}
	 */
	SpecWizard(WizardInput answers, LocalDate today, Function<String, @Nullable String> taken) {
		this.answers = answers;
		this.events = new WizardEvents(today);
		this.taken = taken;
	}

	/**
	 * Ask everything.
	 * @return the spec in YAML
	 * @throws UserException if the answers end, or will not do
	 */
	String run() {
		meta();
		boolean watched = config();
		this.yaml.open("events");
		this.events.ask(this.answers, this.yaml, watched);
		return this.yaml.toString();
	}

	/** Return the name of the spec, once it is known. */
	String key() {
		return this.key;
	}

	private void meta() {
		this.key = this.answers.ask(name("key", "Name of the spec, such as shop.telemetry").checked(this.taken));
		String version = this.answers.ask(version());
		String description = this.answers.ask(Question.optional("description", "What it is about"));
		String domain = this.answers
			.ask(Question.withStandard("domain", "Part of the business", this.key.split("\\.", 2)[0]));
		List<String> owners = this.answers
			.list(Question.withStandard("owners", "Who answers for it, separated by commas", "@team.telemetry")
				.checked(SpecWizard::owners));
		List<String> tags = this.answers.list(Question.optional("tags", "Tags, separated by commas"));
		String stability = this.answers.ask(Question.oneOf("stability", "Stability", "experimental", "experimental",
				"beta", "stable", "deprecated"));
		this.yaml.open("meta")
			.put("key", this.key)
			.putWord("version", version)
			.put("title", this.key.replaceFirst("\\.telemetry$", "") + " telemetry")
			.put("description", description)
			.put("domain", domain)
			.put("owners", owners)
			.put("tags", tags)
			.putWord("stability", Words.plain(stability))
			.close();
	}

	/** Return whether values are watched. */
	private boolean config() {
		String days = this.answers
			.ask(wholeNumber("retention_days", "For how many days the local log keeps events", "30"));
		String rate = this.answers.ask(rate("sampling_rate", "Share of events that is kept, from 0 to 1", "1"));
		this.yaml.open("config").putWord("defaultRetentionDays", days);
		reason("sampling_reason", rate);
		this.yaml.putWord("defaultSamplingRate", rate);
		boolean watched = this.answers
			.yes(Question.yesOrNo("anomaly_detection", "Watch values for unusual ones?", false));
		this.yaml.open("anomalyDetection").putWord("enabled", String.valueOf(watched));
		if (watched) {
			this.yaml.putWord("checkIntervalMs",
					this.answers.ask(wholeNumber("check_interval_ms", "Milliseconds between two looks", "60000")));
		}
		this.yaml.close();
		providers();
		this.yaml.close();
		return watched;
	}

	private void reason(String key, String rate) {
		if (isLow(rate)) {
			this.yaml.comment("lint:allow sampling "
					+ this.answers.ask(WizardEvents.reason(key, "So few say little. Why is that enough?")));
		}
	}

	private void providers() {
		Question wanted = Question.yesOrNo("any_provider", "Name a receiver its events are meant for?", false);
		Question another = Question.yesOrNo("another_provider", "Another receiver?", false);
		if (!this.answers.any("providers", wanted)) {
			return;
		}
		this.yaml.open("providers");
		for (int i = 0; this.answers.more("providers", i, another); i++) {
			String type = this.answers.entry("providers", i)
				.ask(Question.oneOf("type", "Kind of receiver", null, "opentelemetry", "posthog", "segment",
						"internal"));
			this.yaml.item().putWord("type", Words.plain(type)).close();
		}
		this.yaml.close();
	}

	static Question name(String key, String text) {
		return Question.required(key, text)
			.checked((name) -> (name.length() <= MAX_NAME && name.matches(NAME)) ? null
					: "write lower case with dots between parts, such as order.placed");
	}

	static Question version() {
		return Question.withStandard("version", "Version", "1.0.0").checked((version) -> {
			try {
				TelemetrySpec.builder("any", version);
				return null;
			}
			catch (IllegalArgumentException ex) {
				return "write a version such as 1.0.0";
			}
		});
	}

	static Question wholeNumber(String key, String text, String standard) {
		return Question.withStandard(key, text, standard)
			.checked((number) -> number.matches("[1-9][0-9]{0,8}") ? null : "write a whole number above 0");
	}

	static Question rate(String key, String text, String standard) {
		return Question.withStandard(key, text, standard)
			.checked((rate) -> rate.matches("0(\\.[0-9]{1,9})?|1(\\.0{1,9})?") ? null
					: "write a number from 0 to 1, such as 0.5");
	}

	static boolean isLow(String rate) {
		return !rate.isEmpty() && Double.parseDouble(rate) < 0.05;
	}

	private static @Nullable String owners(String owners) {
		boolean fine = Arrays.stream(owners.split(","))
			.map(String::trim)
			.allMatch((owner) -> owner.matches("@\\w[\\w./-]*|[^@\\s]+@[^@\\s]+"));
		return fine ? null : "write teams such as @team.shop, or addresses";
	}

}
