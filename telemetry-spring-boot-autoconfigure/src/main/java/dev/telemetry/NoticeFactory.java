package dev.telemetry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.telemetry.consent.Notice;
import dev.telemetry.consent.NoticeDestination;
import dev.telemetry.consent.NoticeEvent;
import dev.telemetry.consent.NoticeProperty;
import dev.telemetry.consent.NoticeUndeclared;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.SamplingCondition;
import dev.telemetry.spec.TelemetrySpecRegistry;
import dev.telemetry.spec.UndeclaredPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Writes the notice: what a yes agrees to, from everything that was declared and
 * configured. An event that the operator turned off is not in it. Only looks: no sink is
 * made.
 *
 * @param tool the name of the tool
 * @param undeclared the rule for what nothing declares
 * @param overrides the operator's wishes
 * @param metadata the keys of the attributes of every event
 * @param runtimeFields whether events say where they were recorded
 * @param machineId how the identifier of the installation is made
 * @param sinks where events go
 * @param retention how long the local log keeps them; zero without one
 * @param deletion how a request for deletion reaches whoever has them
 */
public record NoticeFactory(String tool, UndeclaredPolicy undeclared, List<EventOverride> overrides,
		Set<String> metadata, boolean runtimeFields, MachineIdMode machineId, List<TelemetrySinkFactory> sinks,
		Duration retention, String deletion) {

	public NoticeFactory {
		overrides = List.copyOf(overrides);
		metadata = Set.copyOf(metadata);
		sinks = List.copyOf(sinks);
	}

	/**
	 * Write the notice.
	 * @param registry knows what is declared
	 * @return the notice of this moment
	 */
	public Notice create(TelemetrySpecRegistry registry) {
		EventRules rules = new EventRules(registry, this.undeclared, this.overrides, (tenant) -> List.of());
		return Notice.builder(this.tool)
			.undeclared((this.undeclared == UndeclaredPolicy.RECORD)
					? new NoticeUndeclared(true, this.retention.toSeconds()) : NoticeUndeclared.DROPPED)
			.events(events(registry.events(), rules))
			.metadata(this.metadata)
			.runtimeFields(this.runtimeFields ? RuntimeFields.NAMES : List.of())
			.machineId(word(this.machineId))
			.destinations(this.sinks.stream()
				.filter(TelemetrySinkFactory::remote)
				.map((sink) -> NoticeDestination.of(sink.name(), sink.target()))
				.toList())
			.deletion(this.deletion)
			.build();
	}

	/** A yes is to a name: what any of its versions may collect is in it. */
	private List<NoticeEvent> events(List<EventDefinition> definitions, EventRules rules) {
		Map<String, List<EventDefinition>> versions = new LinkedHashMap<>();
		for (EventDefinition definition : definitions) {
			if (NoticeEvent.perMillion(rules.of(definition).samplingRate()) > 0) {
				versions.computeIfAbsent(definition.name(), (name) -> new ArrayList<>()).add(definition);
			}
		}
		return versions.values().stream().map((all) -> event(all, rules)).toList();
	}

	private NoticeEvent event(List<EventDefinition> versions, EventRules rules) {
		String purposes = versions.stream()
			.map(EventDefinition::purpose)
			.filter(Objects::nonNull)
			.distinct()
			.sorted()
			.collect(Collectors.joining("; "));
		return versions.stream()
			.map((definition) -> event(definition, purposes.isEmpty() ? null : purposes, rules.of(definition)))
			.reduce(NoticeEvent::unite)
			.orElseThrow();
	}

	private NoticeEvent event(EventDefinition definition, @Nullable String purpose, EventRule rule) {
		return new NoticeEvent(definition.name(), major(definition.version()), purpose,
				definition.properties().values().stream().map(NoticeFactory::property).toList(),
				NoticeEvent.perMillion(rule.samplingRate()), retention(definition),
				definition.samplingConditions().stream().map(SamplingCondition::toString).toList());
	}

	private static long major(String version) {
		return Long.parseLong(version.substring(0, version.indexOf('.')));
	}

	/**
	 * Never less than what is true here. What waits for a receiver elsewhere, or was
	 * refused by it, goes by the age of its file alone.
	 */
	private long retention(EventDefinition definition) {
		EventRetention declared = definition.retention();
		if (declared == null) {
			return this.retention.toSeconds();
		}
		boolean logged = !this.retention.isZero();
		if (logged && declared.policy() == EventRetention.Policy.ARCHIVE) {
			return NoticeEvent.UNTIL_RESET;
		}
		Duration wanted = Duration.ofDays(declared.days());
		boolean enforced = logged && this.sinks.stream().noneMatch(TelemetrySinkFactory::remote);
		return (enforced || wanted.compareTo(this.retention) > 0) ? wanted.toSeconds() : this.retention.toSeconds();
	}

	private static NoticeProperty property(PropertyDefinition property) {
		String type = word(property.type());
		String privacy = word(property.privacy());
		return switch (property.redaction()) {
			case BUCKET -> NoticeProperty.bucket(property.name(), type, privacy, property.bucket());
			case MASK -> new NoticeProperty(property.name(), type, privacy, "value");
			case SECRETS, HASH, DROP -> new NoticeProperty(property.name(), type, privacy, word(property.redaction()));
		};
	}

	private static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
