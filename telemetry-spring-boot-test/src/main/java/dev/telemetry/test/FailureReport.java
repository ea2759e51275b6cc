package dev.telemetry.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.event.Event;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.TelemetryStatus;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Says what was recorded instead, and what was dropped and why. A test's own events hold
 * nothing that must not be seen.
 */
final class FailureReport {

	private static final int MOST = 50;

	private static final Map<String, String> REASONS = Map.of("sampled", "sampling left them out", "undeclared",
			"events or attributes that nothing declares", "invalid",
			"events without a required property or refused by a processor, or values that are not as declared",
			"overflow", "attributes beyond the limits");

	private final RecordedTelemetry recorded;

	private final List<String> lines = new ArrayList<>();

	private FailureReport(RecordedTelemetry recorded) {
		this.recorded = recorded;
	}

	/**
	 * Write the report.
	 * @param recorded what was recorded
	 * @param missing the name of the event that was not, or {@code null}
	 * @return lines, the first one empty
	 */
	static String of(RecordedTelemetry recorded, @Nullable String missing) {
		FailureReport report = new FailureReport(recorded);
		report.events(recorded.events());
		report.dropped(recorded.dropped());
		report.state(recorded.status());
		if (missing != null && recorded.status().collecting()) {
			report.declaration(missing);
		}
		return report.lines.stream().collect(Collectors.joining("\n", "\n", ""));
	}

	static String are(int count) {
		return (count == 0) ? "is none" : (count == 1) ? "is one" : "are " + count;
	}

	private void events(List<Event> events) {
		this.lines.add("Recorded:" + (events.isEmpty() ? " nothing" : ""));
		for (int i = 0; i < Math.min(events.size(), MOST); i++) {
			this.lines.add(
					String.format(Locale.ROOT, "  %d. %s %s", i + 1, events.get(i).name(), events.get(i).attributes()));
		}
		if (events.size() > MOST) {
			this.lines.add("  ... and " + (events.size() - MOST) + " more");
		}
	}

	private void dropped(Map<String, Long> dropped) {
		this.lines.add("Dropped:" + (dropped.isEmpty() ? " nothing" : ""));
		dropped.forEach((reason, count) -> {
			String meaning = REASONS.get(reason);
			this.lines.add("  " + count + " " + reason + ((meaning != null) ? ": " + meaning : ""));
		});
	}

	private void state(TelemetryStatus status) {
		ConsentDecision consent = status.consent();
		this.lines.add("Consent: " + consent.state() + ", " + consent.reason()
				+ (status.collecting() ? "" : "; so nothing is recorded"));
		List<Problem> problems = status.problems();
		problems.forEach((problem) -> this.lines.add("Problem: " + problem));
	}

	private void declaration(String name) {
		EventDefinition definition = this.recorded.declared().find(name);
		if (definition == null) {
			this.lines.add("Nothing declares '" + name + "'"
					+ (this.recorded.declared().undeclaredAreDropped() ? ", and undeclared events are dropped" : ""));
			return;
		}
		String required = definition.properties()
			.values()
			.stream()
			.filter(PropertyDefinition::required)
			.map(PropertyDefinition::name)
			.collect(Collectors.joining(", "));
		this.lines
			.add("'" + name + "' is declared" + (required.isEmpty() ? "" : ", with the required properties " + required)
					+ ((definition.samplingRate() < 1) ? ", with the sampling rate " + definition.samplingRate() : ""));
	}

}
