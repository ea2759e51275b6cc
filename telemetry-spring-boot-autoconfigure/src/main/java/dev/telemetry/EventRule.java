package dev.telemetry;

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
 * operator wishes. Immutable.
 */
final class EventRule {

	private final @Nullable EventDefinition definition;

	private final double samplingRate;

	private final boolean enabled;

	private final boolean keepsUndeclared;

	private final @Nullable Set<String> receivers;

	private final List<PropertyDefinition> required;

	private final long expires;

	private final List<SamplingCondition> conditions;

	/**
	 * Create a rule.
	 * @param definition what declares the event, or {@code null}
	 * @param samplingRate the share to keep
	 * @param enabled whether the operator lets it be recorded
	 * @param keepsUndeclared whether what nothing declares is kept
	 * @param receivers the names of the only remote sinks it goes to, or {@code null} for
	 * all
	 */
	EventRule(@Nullable EventDefinition definition, double samplingRate, boolean enabled, boolean keepsUndeclared,
			@Nullable Set<String> receivers) {
		this.definition = definition;
		this.samplingRate = samplingRate;
		this.enabled = enabled;
		this.keepsUndeclared = keepsUndeclared;
		this.receivers = receivers;
		this.required = properties().stream().filter(PropertyDefinition::required).toList();
		this.conditions = (definition != null) ? definition.samplingConditions() : List.of();
		this.expires = (definition != null && definition.expires() != null)
				? definition.expires().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() : Long.MAX_VALUE;
	}

	@Nullable EventDefinition definition() {
		return this.definition;
	}

	/** Return whether such events may be recorded at all. */
	boolean isDeclared() {
		return this.definition != null || this.keepsUndeclared;
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

	/** Return whether what an event holds decides whether it is kept. */
	boolean hasConditions() {
		return !this.conditions.isEmpty();
	}

	boolean expires() {
		return this.expires != Long.MAX_VALUE;
	}

	boolean isExpired(long millis) {
		return millis >= this.expires;
	}

	/** Return whether attributes that nothing declares are kept. */
	boolean keepsUndeclared() {
		return this.keepsUndeclared;
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
