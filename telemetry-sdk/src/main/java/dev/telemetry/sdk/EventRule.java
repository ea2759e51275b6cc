package dev.telemetry.sdk;

import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.SamplingCondition;
import org.jspecify.annotations.Nullable;

/**
 * How events of one name may be recorded: what was declared, narrowed by what the
 * operator configured. Immutable.
 */
final class EventRule {

	private final @Nullable EventDefinition definition;

	private final double samplingRate;

	private final boolean enabled;

	private final boolean keepsUndeclared;

	private final @Nullable Set<String> excluded;

	private final @Nullable Set<String> receivers;

	private final List<PropertyDefinition> required;

	private final long expires;

	private final List<SamplingCondition> conditions;

	/**
	 * Create a rule that is not narrowed.
	 * @param definition what declares the event, or {@code null}
	 * @param keepsUndeclared whether what nothing declares is recorded
	 * @param excluded what is not recorded even then: the names of attributes, and the
	 * event itself if nothing declares it; {@code null} for nothing
	 * @param receivers the names of the only remote sinks it goes to, or {@code null} for
	 * all
	 */
	EventRule(@Nullable EventDefinition definition, boolean keepsUndeclared, @Nullable Set<String> excluded,
			@Nullable Set<String> receivers) {
		this.definition = definition;
		this.samplingRate = (definition != null) ? definition.samplingRate() : 1;
		this.enabled = true;
		this.keepsUndeclared = keepsUndeclared;
		this.excluded = excluded;
		this.receivers = receivers;
		this.required = properties().stream().filter(PropertyDefinition::required).toList();
		this.conditions = (definition != null) ? definition.samplingConditions() : List.of();
		this.expires = (definition != null && definition.expires() != null)
				? definition.expires().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() : Long.MAX_VALUE;
	}

	private EventRule(EventRule rule, double samplingRate, boolean enabled) {
		this.definition = rule.definition;
		this.samplingRate = samplingRate;
		this.enabled = enabled;
		this.keepsUndeclared = rule.keepsUndeclared;
		this.excluded = rule.excluded;
		this.receivers = rule.receivers;
		this.required = rule.required;
		this.conditions = rule.conditions;
		this.expires = rule.expires;
	}

	/**
	 * Narrow this rule by overrides.
	 * @param name the name of the event
	 * @param overrides the overrides, perhaps for other events
	 * @return this rule if none of them is for this event
	 */
	EventRule narrow(String name, List<EventOverride> overrides) {
		double rate = this.samplingRate;
		boolean allowed = this.enabled;
		for (EventOverride override : overrides) {
			if (override.matches(name)) {
				allowed &= override.enabled();
				rate = override.enabled() ? Math.min(rate, override.samplingRate()) : 0;
			}
		}
		return (allowed == this.enabled && rate == this.samplingRate) ? this : new EventRule(this, rate, allowed);
	}

	@Nullable EventDefinition definition() {
		return this.definition;
	}

	/** Return whether such events may be recorded at all. */
	boolean isDeclared() {
		return this.definition != null || (this.keepsUndeclared && this.excluded == null);
	}

	boolean isEnabled() {
		return this.enabled;
	}

	double samplingRate() {
		return this.samplingRate;
	}

	/** Decide by what an event holds, once it holds everything. */
	boolean keeps(Function<String, @Nullable Object> values) {
		for (SamplingCondition condition : this.conditions) {
			if (!condition.holds(values)) {
				return false;
			}
		}
		return true;
	}

	/** Return whether the content of an event decides whether it is recorded. */
	boolean hasConditions() {
		return !this.conditions.isEmpty();
	}

	boolean expires() {
		return this.expires != Long.MAX_VALUE;
	}

	boolean isExpired(long millis) {
		return millis >= this.expires;
	}

	/** Return whether an undeclared attribute is recorded. */
	boolean keepsUndeclared(String key) {
		return this.keepsUndeclared && (this.excluded == null || !this.excluded.contains(key));
	}

	@Nullable Set<String> excluded() {
		return this.excluded;
	}

	/** Return the only remote sinks such events go to, or {@code null} for all. */
	@Nullable Set<String> receivers() {
		return this.receivers;
	}

	@Nullable PropertyDefinition property(String key) {
		return (this.definition != null) ? this.definition.properties().get(key) : null;
	}

	Collection<PropertyDefinition> properties() {
		return (this.definition != null) ? this.definition.properties().values() : List.of();
	}

	/** Return the properties without which an event is refused. */
	List<PropertyDefinition> required() {
		return this.required;
	}

}
