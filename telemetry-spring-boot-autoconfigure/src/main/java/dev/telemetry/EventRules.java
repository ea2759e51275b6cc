package dev.telemetry;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.TelemetrySpecRegistry;
import dev.telemetry.spec.UndeclaredPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Says for each event name whether and how it may be recorded: what was declared,
 * narrowed by what the operator wishes.
 */
final class EventRules {

	/** A bound, so that an application that makes up names cannot fill the memory. */
	private static final int MAX_CACHED = 1024;

	private final TelemetrySpecRegistry registry;

	private final UndeclaredPolicy undeclared;

	private final List<EventOverride> overrides;

	private final Map<String, EventRule> cache = new ConcurrentHashMap<>();

	EventRules(TelemetrySpecRegistry registry, UndeclaredPolicy undeclared, List<EventOverride> overrides) {
		this.registry = registry;
		this.undeclared = undeclared;
		this.overrides = List.copyOf(overrides);
	}

	EventRule get(String name) {
		EventDefinition definition = this.registry.findEvent(name);
		EventRule rule = this.cache.get(name);
		// A later declaration may have added a property, perhaps a personal one, or the
		// name
		if (rule != null && rule.definition() == definition) {
			return rule;
		}
		rule = compute(name, definition);
		if (this.cache.size() < MAX_CACHED || this.cache.containsKey(name)) {
			this.cache.put(name, rule);
		}
		return rule;
	}

	private EventRule compute(String name, @Nullable EventDefinition definition) {
		boolean allowed = definition != null || this.undeclared == UndeclaredPolicy.RECORD;
		double rate = (definition != null) ? definition.samplingRate() : 1;
		for (EventOverride override : this.overrides) {
			if (override.matches(name)) {
				rate = override.enabled() ? Math.min(rate, override.samplingRate()) : 0;
			}
		}
		return new EventRule(definition, allowed, rate, this.undeclared == UndeclaredPolicy.RECORD);
	}

	/**
	 * How an event may be recorded.
	 *
	 * @param definition what declares it, or {@code null}
	 * @param allowed whether it may be recorded at all
	 * @param samplingRate the share to keep
	 * @param keepsUndeclared whether attributes that nothing declares are kept
	 */
	record EventRule(@Nullable EventDefinition definition, boolean allowed, double samplingRate,
			boolean keepsUndeclared) {

		@Nullable PropertyDefinition property(String key) {
			return (this.definition != null) ? this.definition.properties().get(key) : null;
		}

	}

}
