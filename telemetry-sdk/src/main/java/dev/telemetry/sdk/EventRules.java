package dev.telemetry.sdk;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.Redaction;
import dev.telemetry.spec.SpecProvider;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Says for each event name whether and how it may be recorded: what was declared,
 * narrowed by what the operator configured.
 */
final class EventRules {

	/** A bound, so that an application that makes up names cannot fill the memory. */
	private static final int MAX_CACHED = 1024;

	private final TelemetrySpecRegistry registry;

	private final UndeclaredPolicy undeclared;

	private final List<EventOverride> overrides;

	private final TenantControls tenants;

	private final Map<String, EventRule> cache = new ConcurrentHashMap<>();

	EventRules(TelemetrySpecRegistry registry, UndeclaredPolicy undeclared, List<EventOverride> overrides,
			TenantControls tenants) {
		this.registry = registry;
		this.undeclared = undeclared;
		this.overrides = List.copyOf(overrides);
		this.tenants = tenants;
	}

	/**
	 * Return the rule for the newest version of an event.
	 * @param name the name of the event
	 * @return its rule
	 */
	EventRule get(String name) {
		EventDefinition definition = this.registry.findEvent(name);
		EventRule rule = this.cache.get(name);
		// A later declaration may have added a property, perhaps a personal one, or the
		// name
		if (rule != null && rule.definition() == definition && rule.excluded() == this.registry.excluded(name)) {
			return rule;
		}
		rule = compute(name, definition);
		if (this.cache.size() < MAX_CACHED || this.cache.containsKey(name)) {
			this.cache.put(name, rule);
		}
		return rule;
	}

	/** Return a number that changes when a rule may have: see the registry. */
	int changes() {
		return this.registry.changes();
	}

	/**
	 * Return the rule for one version of an event.
	 * @param name the name of the event
	 * @param version a semantic version, or {@code null} for the newest
	 * @return its rule, or {@code null} if nothing declares that version
	 */
	@Nullable EventRule find(String name, @Nullable String version) {
		if (version == null) {
			EventRule newest = get(name);
			return (newest.definition() != null) ? newest : null;
		}
		EventDefinition definition;
		try {
			definition = this.registry.findEvent(name, version);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
		if (definition == null || definition == this.registry.findEvent(name)) {
			return (definition != null) ? get(name) : null;
		}
		return compute(name, definition);
	}

	/**
	 * Return the same rules, except that undeclared events and attributes are dropped.
	 */
	EventRules dropUndeclared() {
		return (this.undeclared == UndeclaredPolicy.DROP) ? this
				: new EventRules(this.registry, UndeclaredPolicy.DROP, this.overrides, this.tenants);
	}

	/** Return the tenant on whose behalf the current thread works, or {@code null}. */
	@Nullable String currentTenant() {
		return this.tenants.currentTenant();
	}

	/**
	 * Narrow a rule by the overrides of a tenant.
	 * @param rule the rule for all tenants
	 * @param name the name of the event
	 * @param tenant the tenant, or {@code null} for none
	 * @return the rule for the tenant
	 */
	EventRule narrow(EventRule rule, String name, @Nullable String tenant) {
		return (tenant != null) ? rule.narrow(name, this.tenants.overrides(tenant)) : rule;
	}

	/** Return the rule for what is declared. */
	EventRule of(EventDefinition definition) {
		return compute(definition.name(), definition);
	}

	/** Return whether any declared property is replaced by a pseudonym. */
	boolean usePseudonyms() {
		return this.registry.events()
			.stream()
			.flatMap((event) -> event.properties().values().stream())
			.anyMatch((property) -> property.redaction() == Redaction.HASH);
	}

	private EventRule compute(String name, @Nullable EventDefinition definition) {
		EventRule rule = new EventRule(definition, this.undeclared == UndeclaredPolicy.RECORD,
				this.registry.excluded(name), (definition != null) ? receivers(definition) : null);
		return rule.narrow(name, this.overrides);
	}

	/** Return the sinks a spec names, or {@code null} where none does. */
	private @Nullable Set<String> receivers(EventDefinition definition) {
		TelemetrySpec spec = this.registry.specOf(definition);
		return (spec != null && !spec.providers().isEmpty())
				? spec.providers().stream().map(SpecProvider::sink).collect(Collectors.toUnmodifiableSet()) : null;
	}

}
