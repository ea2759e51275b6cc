package dev.telemetry.spec.diff;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.NoticeEvent;
import dev.telemetry.consent.notice.NoticeEvents;
import dev.telemetry.consent.notice.NoticeProperty;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.SamplingCondition;
import dev.telemetry.spec.SpecFormatter;
import dev.telemetry.spec.manifest.ManifestEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event in all its versions, as a notice describes it, and in the text of its
 * declaration.
 */
final class DeclaredEvent {

	private final List<ManifestEvent> versions;

	private final DeclaredTerms terms;

	private final Notice notice;

	/**
	 * Create an event.
	 * @param versions its versions, the newest last; empty where it is not declared
	 * @param terms what decides about it besides
	 */
	DeclaredEvent(List<ManifestEvent> versions, DeclaredTerms terms) {
		this.versions = List.copyOf(versions);
		this.terms = terms;
		this.notice = notice(definitions().toList(), terms);
	}

	static Notice notice(List<EventDefinition> definitions, DeclaredTerms terms) {
		return Notice.builder("").events(NoticeEvents.of(definitions, terms)).build();
	}

	List<ManifestEvent> versions() {
		return this.versions;
	}

	DeclaredTerms terms() {
		return this.terms;
	}

	Notice notice() {
		return this.notice;
	}

	/** Return the version that takes the place of one, or else the newest. */
	ManifestEvent counterpart(ManifestEvent event) {
		return this.versions.stream()
			.filter((version) -> version.compareVersionTo(event) == 0)
			.findFirst()
			.orElseGet(() -> this.versions.get(this.versions.size() - 1));
	}

	/**
	 * Return what a notice says of it; only of an event of which something is recorded.
	 */
	NoticeEvent noticed() {
		return this.notice.events().get(0);
	}

	NoticeProperty noticed(String property) {
		return noticed().properties()
			.stream()
			.filter((candidate) -> candidate.name().equals(property))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Describe which of such events are recorded, in the order in which it was declared.
	 */
	String conditions() {
		List<SamplingCondition> conditions = definitions().map(EventDefinition::samplingConditions)
			.flatMap(Collection::stream)
			.distinct()
			.filter((condition) -> noticed().conditions().contains(condition.toString()))
			.toList();
		return SpecFormatter.conditions(conditions);
	}

	/** Describe the retention of the version that is stored for longest. */
	String retention() {
		return SpecFormatter.retention(definitions().max(Comparator.comparingLong(this.terms::retentionSeconds))
			.map(EventDefinition::retention)
			.orElse(null));
	}

	/** Describe what is recorded of a property in the version that records most of it. */
	String kept(String property) {
		return properties(property).min(Comparator.comparing(PropertyDefinition::redaction))
			.map(SpecFormatter::kept)
			.orElseThrow();
	}

	/** Say what a property may be, in the order in which it was declared. */
	String values(String property) {
		if (noticed(property).values().isEmpty()) {
			return "any text";
		}
		Set<String> values = new LinkedHashSet<>();
		properties(property).forEach((definition) -> values.addAll(definition.values()));
		return "one of " + String.join(", ", values);
	}

	private Stream<EventDefinition> definitions() {
		return this.versions.stream().map(ManifestEvent::definition);
	}

	private Stream<PropertyDefinition> properties(String name) {
		return definitions().map((event) -> property(event, name)).filter(Objects::nonNull);
	}

	private static @Nullable PropertyDefinition property(EventDefinition event, String name) {
		return event.properties().get(name);
	}

}
