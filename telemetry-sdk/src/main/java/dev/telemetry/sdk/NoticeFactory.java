package dev.telemetry.sdk;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import dev.telemetry.Internal;
import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.NoticeDestination;
import dev.telemetry.consent.notice.NoticeEvent;
import dev.telemetry.consent.notice.NoticeEvents;
import dev.telemetry.consent.notice.NoticeTerms;
import dev.telemetry.consent.notice.NoticeUndeclared;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;

/**
 * Writes the notice: what consent is granted to, from everything that was declared and
 * configured. An event that the operator turned off is not in it. Only reads: no sink is
 * made.
 *
 * @param tool the name of the tool
 * @param parties who is responsible for what is collected
 * @param undeclared the rule for what nothing declares
 * @param overrides the operator's overrides
 * @param metadata the keys of the attributes of every event
 * @param runtimeFields whether events say where they were recorded
 * @param machineId how the identifier of the installation is made
 * @param sinks where events go
 * @param retention how long the local log stores them; zero without one
 * @param deletion how a request for deletion reaches those who hold the events
 */
@Internal
public record NoticeFactory(String tool, NoticeParties parties, UndeclaredPolicy undeclared,
		List<EventOverride> overrides, Set<String> metadata, boolean runtimeFields, MachineIdMode machineId,
		List<TelemetrySinkFactory> sinks, Duration retention, String deletion) {

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
			.controller(this.parties.controller())
			.contact(this.parties.contact())
			.undeclared((this.undeclared == UndeclaredPolicy.RECORD)
					? new NoticeUndeclared(true, this.retention.toSeconds()) : NoticeUndeclared.DROPPED)
			.events(NoticeEvents.of(registry.events(), new Terms(this, rules)))
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

	/**
	 * Never less than the retention that applies here. Events that wait for a remote
	 * destination, or were refused by it, are removed by the age of their file alone.
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

	private static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	/** What is declared, narrowed by what the operator says, under what is configured. */
	private record Terms(NoticeFactory factory, EventRules rules) implements NoticeTerms {

		@Override
		public double samplingRate(EventDefinition event) {
			return this.rules.of(event).samplingRate();
		}

		@Override
		public long retentionSeconds(EventDefinition event) {
			return this.factory.retention(event);
		}

		@Override
		public Collection<String> destinations(EventDefinition event) {
			return Objects.requireNonNullElse(this.rules.of(event).receivers(), Set.of());
		}

	}

}
