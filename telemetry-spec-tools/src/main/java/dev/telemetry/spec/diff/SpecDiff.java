package dev.telemetry.spec.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.telemetry.consent.notice.NoticeDifference.Kind;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.SpecProvider;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.manifest.ManifestEvent;
import dev.telemetry.spec.manifest.TelemetryManifest;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Compares what two states of specs or of an archive collect. Whether a change is wider
 * is for the comparison of notices to say, so that what is wider here makes a recorded
 * yes stale, and nothing else does. What only configuration decides is not known here:
 * how long the local log stores events that do not state it themselves counts as longer
 * when an event begins to leave it open.
 */
public final class SpecDiff {

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
		List<EventDiff> events = events(declared(before), declared(after));
		SpecChange common = diff.receiversOfAll(events);
		diff.owners(before, after);
		events.forEach((event) -> event.changes()
			.stream()
			.filter((change) -> common == null || !change.equals(event.receivers()))
			.forEach(diff.changes::add));
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
		events(before, after).forEach((event) -> diff.changes.addAll(event.changes()));
		return List.copyOf(diff.changes);
	}

	private static TelemetryManifest declared(List<TelemetrySpec> specs) {
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());
		specs.forEach(registry::register);
		return new TelemetryManifest(registry.events()
			.stream()
			.map((event) -> new ManifestEvent(event, receivers(registry, event), List.of()))
			.toList(), List.of());
	}

	private static List<String> receivers(TelemetrySpecRegistry registry, EventDefinition event) {
		TelemetrySpec spec = registry.specOf(event);
		return (spec != null) ? spec.providers().stream().map(SpecProvider::sink).toList() : List.of();
	}

	/** What is the same of every event is said once. */
	private @Nullable SpecChange receiversOfAll(List<EventDiff> events) {
		Set<String> texts = events.stream()
			.filter(EventDiff::isInBoth)
			.map((event) -> (event.receivers() != null) ? event.receivers().text() : "")
			.collect(Collectors.toSet());
		SpecChange first = events.stream().map(EventDiff::receivers).filter(Objects::nonNull).findFirst().orElse(null);
		if (first == null || texts.size() > 1) {
			return null;
		}
		SpecChange common = new SpecChange(first.kind(), "", "", first.text().replaceFirst("is", "events are"));
		this.changes.add(common);
		return common;
	}

	private void owners(List<TelemetrySpec> before, List<TelemetrySpec> after) {
		Set<String> owners = owners(before);
		Set<String> now = owners(after);
		if (!owners.equals(now)) {
			add(Kind.REWORDED, String.join(", ", now) + " answer for it, not " + String.join(", ", owners));
		}
	}

	private static Set<String> owners(List<TelemetrySpec> specs) {
		return specs.stream().flatMap((spec) -> spec.owners().stream()).collect(Collectors.toCollection(TreeSet::new));
	}

	/** What is declared when the application runs cannot be reviewed before. */
	private void computed(List<String> before, List<String> after) {
		after.stream()
			.filter((place) -> !before.contains(place))
			.forEach((place) -> add(Kind.WIDER, place + " declares events only when the application runs"));
		before.stream()
			.filter((place) -> !after.contains(place))
			.forEach((place) -> add(Kind.NARROWER, place + " no longer declares events"));
	}

	private static List<EventDiff> events(TelemetryManifest before, TelemetryManifest after) {
		Map<String, List<ManifestEvent>> old = byName(before);
		Map<String, List<ManifestEvent>> now = byName(after);
		Set<String> names = new TreeSet<>(old.keySet());
		names.addAll(now.keySet());
		return names.stream()
			.map((name) -> new EventDiff(name, old.getOrDefault(name, List.of()), now.getOrDefault(name, List.of())))
			.toList();
	}

	private static Map<String, List<ManifestEvent>> byName(TelemetryManifest manifest) {
		Map<String, List<ManifestEvent>> byName = new TreeMap<>();
		manifest.events()
			.forEach((event) -> byName.computeIfAbsent(event.definition().name(), (name) -> new ArrayList<>())
				.add(event));
		return byName;
	}

	private void add(Kind kind, String text) {
		this.changes.add(new SpecChange(kind, "", "", text));
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
