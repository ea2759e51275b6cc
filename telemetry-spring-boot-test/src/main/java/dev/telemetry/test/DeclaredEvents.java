package dev.telemetry.test;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.event.Event;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.MeasuredProperty;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * What the application declares, and what that means for events.
 *
 * @param registry the declared events
 * @param notices today's notice knows the attributes of every event
 */
record DeclaredEvents(TelemetrySpecRegistry registry, Supplier<@Nullable StoredNotices> notices) {

	/** What is measured needs no declaration. */
	private static final Set<String> MEASURED = Arrays.stream(MeasuredProperty.values())
		.map(MeasuredProperty::key)
		.collect(Collectors.toUnmodifiableSet());

	@Nullable EventDefinition find(String name) {
		return this.registry.findEvent(name);
	}

	/** Return whether events that are not declared are dropped. */
	boolean undeclaredAreDropped() {
		Notice today = today();
		return today != null && !today.undeclared().recorded();
	}

	/** Return which attributes of an event are not declared, sorted. */
	Set<String> undeclaredAttributes(Event event) {
		EventDefinition definition = find(event.name());
		Notice today = today();
		Set<String> undeclared = new TreeSet<>(event.attributes().keySet());
		undeclared.removeAll(MEASURED);
		if (definition != null) {
			undeclared.removeAll(definition.properties().keySet());
		}
		if (today != null) {
			today.metadata().forEach(undeclared::remove);
		}
		return undeclared;
	}

	private @Nullable Notice today() {
		StoredNotices known = this.notices.get();
		return (known != null) ? known.today() : null;
	}

}
