package dev.telemetry.consent.notice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventSemantics;
import dev.telemetry.spec.PropertyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What declarations say about events and properties in texts by their authors. A notice
 * does not contain it, so that rewording it needs no new consent.
 */
public final class NoticeDescriptions {

	/** Nothing is described. */
	public static final NoticeDescriptions NONE = of(List.of());

	private final Map<String, List<EventDefinition>> newestFirst = new HashMap<>();

	private NoticeDescriptions() {
	}

	/**
	 * Take descriptions from declarations.
	 * @param definitions the declared events in all their versions; of each the newest
	 * description counts
	 * @return the descriptions
	 */
	public static NoticeDescriptions of(Collection<EventDefinition> definitions) {
		NoticeDescriptions descriptions = new NoticeDescriptions();
		definitions.stream()
			.sorted(Comparator.comparing(EventDefinition::semanticVersion).reversed())
			.forEach((definition) -> descriptions.newestFirst
				.computeIfAbsent(definition.name(), (name) -> new ArrayList<>())
				.add(definition));
		return descriptions;
	}

	/** Return what happens when such an event is recorded, or {@code null}. */
	@Nullable String event(String name) {
		return first(name, (definition) -> {
			EventSemantics semantics = definition.semantics();
			return (semantics != null) ? semantics.what() : null;
		});
	}

	/** Return what a property of an event is, or {@code null}. */
	@Nullable String property(String event, String key) {
		return first(event, (definition) -> {
			PropertyDefinition property = definition.properties().get(key);
			return (property != null) ? property.description() : null;
		});
	}

	private @Nullable String first(String event, Function<EventDefinition, @Nullable String> what) {
		return this.newestFirst.getOrDefault(event, List.of())
			.stream()
			.map(what)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

}
