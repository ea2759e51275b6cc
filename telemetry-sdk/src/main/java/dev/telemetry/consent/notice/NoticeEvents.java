package dev.telemetry.consent.notice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.SamplingCondition;
import org.jspecify.annotations.Nullable;

/**
 * Converts declared events to what a notice says of them. A grant applies to a name: a
 * notice contains what any version of an event may collect. It does not contain an event
 * of which nothing is stored.
 */
public final class NoticeEvents {

	private final NoticeTerms terms;

	private NoticeEvents(NoticeTerms terms) {
		this.terms = terms;
	}

	/**
	 * Describe events.
	 * @param definitions the declared events in all their versions
	 * @param terms what decides about them besides
	 * @return one for each name
	 */
	public static List<NoticeEvent> of(Collection<EventDefinition> definitions, NoticeTerms terms) {
		NoticeEvents events = new NoticeEvents(terms);
		Map<String, List<EventDefinition>> versions = new LinkedHashMap<>();
		for (EventDefinition definition : definitions) {
			if (NoticeEvent.perMillion(terms.samplingRate(definition)) > 0) {
				versions.computeIfAbsent(definition.name(), (name) -> new ArrayList<>()).add(definition);
			}
		}
		return versions.values().stream().map(events::unite).toList();
	}

	private NoticeEvent unite(List<EventDefinition> versions) {
		String purposes = versions.stream()
			.map(EventDefinition::purpose)
			.filter(Objects::nonNull)
			.distinct()
			.sorted()
			.collect(Collectors.joining("; "));
		return versions.stream()
			.map((definition) -> describe(definition, purposes.isEmpty() ? null : purposes))
			.reduce(NoticeEvent::unite)
			.orElseThrow();
	}

	private NoticeEvent describe(EventDefinition definition, @Nullable String purpose) {
		return new NoticeEvent(definition.name(), major(definition.version()), purpose,
				definition.properties().values().stream().map(NoticeProperty::of).toList(),
				NoticeEvent.perMillion(this.terms.samplingRate(definition)), this.terms.retentionSeconds(definition),
				definition.samplingConditions().stream().map(SamplingCondition::toString).toList(),
				PrivacyOrder.of(definition.privacy()), List.copyOf(this.terms.destinations(definition)),
				definition.expires());
	}

	private static long major(String version) {
		return Long.parseLong(version.substring(0, version.indexOf('.')));
	}

}
