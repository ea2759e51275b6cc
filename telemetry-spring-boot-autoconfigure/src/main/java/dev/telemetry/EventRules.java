package dev.telemetry;

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

	private final Map<String, EventOverride> overrides;

	private final Map<String, EventRule> cache = new ConcurrentHashMap<>();

	EventRules(TelemetrySpecRegistry registry, UndeclaredPolicy undeclared, Map<String, EventOverride> overrides) {
		this.registry = registry;
		this.undeclared = undeclared;
		this.overrides = Map.copyOf(overrides);
	}

	EventRule get(String name) {
		EventRule rule = this.cache.get(name);
		if (rule != null) {
			return rule;
		}
		rule = compute(name);
		// Undeclared names are not cached: one may be declared later
		if (rule.definition() != null && this.cache.size() < MAX_CACHED) {
			this.cache.put(name, rule);
		}
		return rule;
	}

	private EventRule compute(String name) {
		EventDefinition definition = this.registry.findEvent(name);
		boolean allowed = definition != null || this.undeclared == UndeclaredPolicy.RECORD;
		double rate = (definition != null) ? definition.samplingRate() : 1;
		EventOverride override = findOverride(name);
		if (override != null) {
			Double limit = override.samplingRate();
			rate = override.enabled() ? Math.min(rate, (limit != null) ? limit : 1) : 0;
		}
		return new EventRule(definition, allowed, rate, this.undeclared == UndeclaredPolicy.RECORD);
	}

	/**
	 * An override for the very name counts before one for a prefix, the longest first.
	 */
	private @Nullable EventOverride findOverride(String name) {
		EventOverride override = this.overrides.get(name);
		int dot = name.lastIndexOf('.');
		while (override == null && dot > 0) {
			override = this.overrides.get(name.substring(0, dot) + ".*");
			dot = name.lastIndexOf('.', dot - 1);
		}
		return override;
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

		boolean keeps(String key) {
			return this.keepsUndeclared || property(key) != null;
		}

		@Nullable PropertyDefinition property(String key) {
			return (this.definition != null) ? this.definition.properties().get(key) : null;
		}

	}

}
