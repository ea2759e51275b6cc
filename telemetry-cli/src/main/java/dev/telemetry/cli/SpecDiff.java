package dev.telemetry.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.telemetry.cli.SpecChange.Kind;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Compares what two states of specs collect, event by event in their newest versions. It
 * judges as the notice does that people have said yes to: what cannot be more or less,
 * such as a purpose, is wider when it changes.
 */
final class SpecDiff {

	private final List<SpecChange> changes = new ArrayList<>();

	private SpecDiff() {
	}

	/**
	 * Compare.
	 * @param before the specs as they were
	 * @param after the specs as they are
	 * @return the differences, ordered by event
	 * @throws IllegalArgumentException if the specs of one state contradict each other
	 */
	static List<SpecChange> between(List<TelemetrySpec> before, List<TelemetrySpec> after) {
		SpecDiff diff = new SpecDiff();
		diff.specs(before, after);
		Map<String, EventDefinition> old = newest(before);
		Map<String, EventDefinition> now = newest(after);
		Set<String> names = new TreeSet<>(old.keySet());
		names.addAll(now.keySet());
		names.forEach((name) -> diff.event(name, old.get(name), now.get(name)));
		return diff.changes;
	}

	private static Map<String, EventDefinition> newest(List<TelemetrySpec> specs) {
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());
		specs.forEach(registry::register);
		Map<String, EventDefinition> newest = new TreeMap<>();
		registry.events()
			.forEach((event) -> newest.put(event.name(), Objects.requireNonNull(registry.findEvent(event.name()))));
		return newest;
	}

	private void specs(List<TelemetrySpec> before, List<TelemetrySpec> after) {
		Set<String> old = receivers(before);
		Set<String> now = receivers(after);
		if (!old.equals(now)) {
			// Without a list events go to all receivers that are configured
			boolean narrower = !now.isEmpty() && (old.isEmpty() || old.containsAll(now));
			add(narrower ? Kind.NARROWER : Kind.WIDER, "",
					"events are meant for " + said(now) + ", not for " + said(old));
		}
		Set<String> owners = new TreeSet<>();
		before.forEach((spec) -> owners.addAll(spec.owners()));
		Set<String> ownersNow = new TreeSet<>();
		after.forEach((spec) -> ownersNow.addAll(spec.owners()));
		if (!owners.equals(ownersNow)) {
			add(Kind.REWORDED, "", String.join(", ", ownersNow) + " answer for it, not " + String.join(", ", owners));
		}
	}

	private static Set<String> receivers(List<TelemetrySpec> specs) {
		Set<String> receivers = new TreeSet<>();
		for (TelemetrySpec spec : specs) {
			if (spec.providers().isEmpty()) {
				return Set.of();
			}
			spec.providers().forEach((provider) -> receivers.add(provider.type()));
		}
		return receivers;
	}

	private static String said(Set<String> receivers) {
		return receivers.isEmpty() ? "all receivers" : String.join(", ", receivers);
	}

	private void event(String name, @Nullable EventDefinition before, @Nullable EventDefinition now) {
		if (before == null || now == null) {
			add((before == null) ? Kind.WIDER : Kind.NARROWER, name,
					(before == null) ? "is collected" : "is no longer collected");
			return;
		}
		if (!Objects.equals(before.purpose(), now.purpose())) {
			add(Kind.WIDER, name, "is for '" + now.purpose() + "', not for '" + before.purpose() + "'");
		}
		if (before.privacy() != now.privacy()) {
			add((now.privacy().compareTo(before.privacy()) > 0) ? Kind.WIDER : Kind.NARROWER, name,
					"is " + SpecWords.word(now.privacy()) + ", not " + SpecWords.word(before.privacy()));
		}
		if (before.samplingRate() != now.samplingRate()) {
			add((now.samplingRate() > before.samplingRate()) ? Kind.WIDER : Kind.NARROWER, name,
					SpecWords.percent(now.samplingRate()) + " of it are kept, not "
							+ SpecWords.percent(before.samplingRate()));
		}
		retention(name, before.retention(), now.retention());
		expiry(before, now);
		words(before, now);
		this.changes.addAll(new PropertyDiff(name, before.properties(), now.properties()).changes());
	}

	private void retention(String name, @Nullable EventRetention before, @Nullable EventRetention now) {
		if (!Objects.equals(before, now)) {
			boolean narrower = before == null
					|| (now != null && now.days() <= before.days() && now.policy().compareTo(before.policy()) <= 0);
			add(narrower ? Kind.NARROWER : Kind.WIDER, name,
					"is kept " + SpecWords.retention(now) + ", not " + SpecWords.retention(before));
		}
	}

	private void expiry(EventDefinition before, EventDefinition now) {
		if (!Objects.equals(before.expires(), now.expires())) {
			boolean narrower = now.expires() != null
					&& (before.expires() == null || now.expires().isBefore(before.expires()));
			add(narrower ? Kind.NARROWER : Kind.WIDER, now.name(),
					"is collected until " + day(now) + ", not until " + day(before));
		}
	}

	private static String day(EventDefinition event) {
		return (event.expires() != null) ? event.expires().toString() : "somebody ends it";
	}

	private void words(EventDefinition before, EventDefinition now) {
		List<String> words = new ArrayList<>();
		reworded(words, "what it means", before.semantics(), now.semantics());
		reworded(words, "its kind", before.type(), now.type());
		reworded(words, "its tags", before.tags(), now.tags());
		reworded(words, "what stands out", before.anomaly(), now.anomaly());
		reworded(words, "its version", before.version(), now.version());
		if (!words.isEmpty()) {
			add(Kind.REWORDED, now.name(), String.join(", ", words) + " changed");
		}
	}

	private static void reworded(List<String> words, String what, @Nullable Object before, @Nullable Object now) {
		if (!Objects.equals(before, now)) {
			words.add(what);
		}
	}

	private void add(Kind kind, String event, String text) {
		this.changes.add(new SpecChange(kind, event, "", text));
	}

	/** Return the most that a list of differences means; nothing is no difference. */
	static @Nullable Kind most(List<SpecChange> changes) {
		return changes.stream().map(SpecChange::kind).min(Comparator.naturalOrder()).orElse(null);
	}

}
