package dev.telemetry.spec.reader;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.telemetry.spec.AnomalyAction;
import dev.telemetry.spec.AnomalyRule;
import dev.telemetry.spec.AnomalyThreshold;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.EventSemantics;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.SamplingCondition;
import dev.telemetry.spec.SemanticVersion;
import org.jspecify.annotations.Nullable;

/** Reads one event of a spec. */
final class SpecEventReader {

	private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

	private final SpecFields event;

	private SpecEventReader(SpecFields event) {
		this.event = event;
	}

	static @Nullable EventDefinition read(SpecFields event) {
		return new SpecEventReader(event).read();
	}

	private @Nullable EventDefinition read() {
		String name = TelemetrySpecReader.key(this.event);
		SemanticVersion version = this.event.parsed("version", TelemetrySpecReader.VERSION, SemanticVersion::of);
		PrivacyLevel privacy = privacy();
		EventSemantics semantics = semantics();
		List<PropertyDefinition> properties = this.event.namedList("properties",
				(property, fields) -> SpecPropertyReader.read(property, fields, privacy));
		String type = this.event.text("type");
		String purpose = this.event.text("purpose");
		LocalDate expires = this.event.parsed("expires", "a day such as 2027-12-31", LocalDate::parse);
		List<String> tags = this.event.texts("tags");
		Sampling sampling = read("sampling", SpecEventReader::sampling);
		EventRetention retention = read("retention", SpecEventReader::retention);
		AnomalyRule anomaly = read("anomalyDetection", SpecEventReader::anomaly);
		if (name.isEmpty()) {
			return null;
		}
		EventDefinition.Builder definition = EventDefinition.builder(name)
			.version((version != null) ? version.text() : "1.0.0")
			.type(type)
			.semantics(semantics)
			.purpose(purpose)
			.privacy(privacy)
			.retention(retention)
			.expires(expires)
			.tags(tags)
			.origin(this.event.place());
		properties.forEach(definition::property);
		if (sampling != null) {
			sampling.addTo(definition);
		}
		return definition.anomaly(anomaly).build();
	}

	/** What cannot be read counts as the most private. */
	private PrivacyLevel privacy() {
		if (this.event.text("privacy") == null) {
			this.event.required("privacy", "write public, internal, pii or sensitive");
		}
		return Objects.requireNonNullElse(this.event.word("privacy", PrivacyLevel.class), PrivacyLevel.SENSITIVE);
	}

	private @Nullable EventSemantics semantics() {
		EventSemantics semantics = read("semantics", (fields) -> {
			String what = fields.text("what");
			String who = fields.text("who");
			String why = fields.text("why");
			return (what != null) ? new EventSemantics(what, who, why) : null;
		});
		if (semantics == null) {
			this.event.required("semantics", "write 'semantics:' with 'what', which says what happened");
		}
		return semantics;
	}

	private <T> @Nullable T read(String name, Function<SpecFields, @Nullable T> reader) {
		SpecFields fields = this.event.mapping(name);
		return (fields != null) ? fields.read(reader) : null;
	}

	private static Sampling sampling(SpecFields sampling) {
		return new Sampling(sampling.number("rate"),
				sampling.texts("conditions").stream().map(SamplingCondition::of).toList());
	}

	private static @Nullable EventRetention retention(SpecFields retention) {
		Integer days = retention.wholeNumber("days");
		EventRetention.Policy policy = retention.word("policy", EventRetention.Policy.class);
		if (days == null) {
			retention.required("days", "write for how many days");
			return null;
		}
		return new EventRetention(days, Objects.requireNonNullElse(policy, EventRetention.Policy.DELETE));
	}

	private static AnomalyRule anomaly(SpecFields anomaly) {
		Boolean enabled = anomaly.flag("enabled");
		Integer sample = anomaly.wholeNumber("minimumSample");
		List<AnomalyThreshold> thresholds = anomaly.list("thresholds", SpecEventReader::threshold);
		List<AnomalyAction> actions = anomaly.words("actions", AnomalyAction.class);
		Duration window = anomaly.parsed("window", "a time such as 15m", SpecEventReader::duration);
		Duration cooldown = anomaly.parsed("cooldown", "a time such as 60s", SpecEventReader::duration);
		return new AnomalyRule(!Boolean.FALSE.equals(enabled), Objects.requireNonNullElse(sample, 1), thresholds,
				actions.isEmpty() ? Set.of(AnomalyAction.ALERT) : Set.copyOf(actions),
				Objects.requireNonNullElse(window, AnomalyRule.DEFAULT_WINDOW), cooldown);
	}

	private static @Nullable AnomalyThreshold threshold(SpecFields threshold) {
		String metric = threshold.text("metric");
		Double min = threshold.number("min");
		Double max = threshold.number("max");
		Double percentChange = threshold.number("percentChange");
		if (metric == null) {
			threshold.required("metric", "name a property");
			return null;
		}
		return new AnomalyThreshold(metric, min, max, percentChange);
	}

	private static @Nullable Duration duration(String text) {
		Matcher matcher = DURATION.matcher(text);
		if (!matcher.matches()) {
			return null;
		}
		long amount = Long.parseLong(matcher.group(1));
		return switch (matcher.group(2)) {
			case "ms" -> Duration.ofMillis(amount);
			case "s" -> Duration.ofSeconds(amount);
			case "m" -> Duration.ofMinutes(amount);
			case "h" -> Duration.ofHours(amount);
			default -> Duration.ofDays(amount);
		};
	}

	/**
	 * Which events are recorded.
	 *
	 * @param rate their share, or {@code null} for that of the spec
	 * @param conditions what must be true of them
	 */
	private record Sampling(@Nullable Double rate, List<SamplingCondition> conditions) {

		void addTo(EventDefinition.Builder definition) {
			if (this.rate != null) {
				definition.samplingRate(this.rate);
			}
			definition.samplingConditions(this.conditions);
		}

	}

}
