package dev.telemetry.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.telemetry.spec.SpecChange.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Compares what two states of specs or of an archive collect. It judges as the notice
 * does that people have said yes to: what cannot be more or less, such as a purpose, is
 * wider when it changes. Each version of an event is compared with the same one before,
 * or else with the newest one before.
 */
public final class SpecDiff {

	/** How long the local log keeps events unless it is configured otherwise. */
	private static final EventRetention LOG = new EventRetention(30, EventRetention.Policy.DELETE);

	private final Set<SpecChange> changes = new LinkedHashSet<>();

	private SpecDiff() {
	}

	/**
	 * Compare specs.
	 * @param before the specs as they were
	 * @param after the specs as they are
	 * @return the differences, ordered by event
	 * @throws IllegalArgumentException if the specs of one state contradict each other
	 */
	public static List<SpecChange> between(List<TelemetrySpec> before, List<TelemetrySpec> after) {
		SpecDiff diff = new SpecDiff();
		diff.specs(before, after);
		diff.events(events(before), events(after));
		return List.copyOf(diff.changes);
	}

	/**
	 * Compare what an archive declares.
	 * @param before its manifest as it was
	 * @param after its manifest as it is
	 * @return the differences, ordered by event
	 */
	public static List<SpecChange> between(TelemetryManifest before, TelemetryManifest after) {
		SpecDiff diff = new SpecDiff();
		diff.computed(before.computed(), after.computed());
		diff.events(before.events(), after.events());
		return List.copyOf(diff.changes);
	}

	private static List<ManifestEvent> events(List<TelemetrySpec> specs) {
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());
		specs.forEach(registry::register);
		return registry.events().stream().map((event) -> new ManifestEvent(event, List.of(), List.of())).toList();
	}

	/** What is declared when the application runs cannot be reviewed before. */
	private void computed(List<String> before, List<String> after) {
		after.stream()
			.filter((place) -> !before.contains(place))
			.forEach((place) -> add(Kind.WIDER, "", place + " declares events only when the application runs"));
		before.stream()
			.filter((place) -> !after.contains(place))
			.forEach((place) -> add(Kind.NARROWER, "", place + " no longer declares events"));
	}

	private void specs(List<TelemetrySpec> before, List<TelemetrySpec> after) {
		receivers("", receivers(before), receivers(after));
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

	private void events(List<ManifestEvent> before, List<ManifestEvent> after) {
		Map<String, NavigableMap<SemanticVersion, ManifestEvent>> old = byName(before);
		Map<String, NavigableMap<SemanticVersion, ManifestEvent>> now = byName(after);
		Set<String> names = new TreeSet<>(old.keySet());
		names.addAll(now.keySet());
		for (String name : names) {
			NavigableMap<SemanticVersion, ManifestEvent> were = old.get(name);
			NavigableMap<SemanticVersion, ManifestEvent> are = now.get(name);
			if (were == null || are == null) {
				add((were == null) ? Kind.WIDER : Kind.NARROWER, name,
						(were == null) ? "is collected" : "is no longer collected");
			}
			else {
				versions(name, were, are);
			}
		}
	}

	private static Map<String, NavigableMap<SemanticVersion, ManifestEvent>> byName(List<ManifestEvent> events) {
		Map<String, NavigableMap<SemanticVersion, ManifestEvent>> byName = new TreeMap<>();
		events.forEach((event) -> byName.computeIfAbsent(event.definition().name(), (name) -> new TreeMap<>())
			.put(event.definition().semanticVersion(), event));
		return byName;
	}

	private void versions(String name, NavigableMap<SemanticVersion, ManifestEvent> before,
			NavigableMap<SemanticVersion, ManifestEvent> after) {
		ManifestEvent newest = before.lastEntry().getValue();
		Set<ManifestEvent> compared = new HashSet<>();
		after.forEach((version, event) -> {
			ManifestEvent old = before.getOrDefault(version, newest);
			compared.add(old);
			receivers(name, new TreeSet<>(old.receivers()), new TreeSet<>(event.receivers()));
			event(name, old.definition(), event.definition());
		});
		before.values()
			.stream()
			.filter((event) -> !compared.contains(event))
			.forEach((event) -> add(Kind.NARROWER, name,
					"is no longer collected in version " + event.definition().version()));
	}

	private void receivers(String event, Set<String> old, Set<String> now) {
		if (!old.equals(now)) {
			// Without a list events go to all receivers that are configured
			boolean narrower = !now.isEmpty() && (old.isEmpty() || old.containsAll(now));
			add(narrower ? Kind.NARROWER : Kind.WIDER, event,
					(event.isEmpty() ? "events are" : "is") + " meant for " + said(now) + ", not for " + said(old));
		}
	}

	private void event(String name, EventDefinition before, EventDefinition now) {
		if (!Objects.equals(before.purpose(), now.purpose())) {
			add(Kind.WIDER, name, "is for " + purpose(now) + ", not for " + purpose(before));
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
		conditions(name, before.samplingConditions(), now.samplingConditions());
		retention(name, before.retention(), now.retention());
		expiry(before, now);
		words(before, now);
		this.changes.addAll(new PropertyDiff(name, before.properties(), now.properties()).changes());
	}

	/** All of them have to hold, so one less keeps more. */
	private void conditions(String name, List<SamplingCondition> before, List<SamplingCondition> now) {
		Set<SamplingCondition> old = new HashSet<>(before);
		Set<SamplingCondition> current = new HashSet<>(now);
		if (!old.equals(current)) {
			add(current.containsAll(old) ? Kind.NARROWER : Kind.WIDER, name,
					"is kept " + SpecWords.conditions(now) + ", not " + SpecWords.conditions(before));
		}
	}

	private static String purpose(EventDefinition event) {
		return (event.purpose() != null) ? "'" + event.purpose() + "'" : "nothing that is said";
	}

	private void retention(String name, @Nullable EventRetention before, @Nullable EventRetention now) {
		if (!Objects.equals(before, now)) {
			EventRetention old = (before != null) ? before : LOG;
			boolean narrower = now != null && now.days() <= old.days() && now.policy().compareTo(old.policy()) <= 0;
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

	/**
	 * Return the most that differences mean.
	 * @param changes the differences
	 * @return what they mean, or {@code null} without any
	 */
	public static @Nullable Kind most(List<SpecChange> changes) {
		return changes.stream().map(SpecChange::kind).min(Comparator.naturalOrder()).orElse(null);
	}

}
