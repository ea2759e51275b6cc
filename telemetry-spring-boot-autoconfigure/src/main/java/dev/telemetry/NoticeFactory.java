package dev.telemetry;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.telemetry.consent.Notice;
import dev.telemetry.consent.NoticeDestination;
import dev.telemetry.consent.NoticeEvent;
import dev.telemetry.consent.NoticeProperty;
import dev.telemetry.consent.NoticeUndeclared;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.TelemetrySpecRegistry;
import dev.telemetry.spec.UndeclaredPolicy;

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

	private static final int FIRST_VERSION = 1;

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
		EventRules rules = new EventRules(registry, this.undeclared, this.overrides);
		return Notice.builder(this.tool)
			.undeclared((this.undeclared == UndeclaredPolicy.RECORD)
					? new NoticeUndeclared(true, this.retention.toSeconds()) : NoticeUndeclared.DROPPED)
			.events(registry.events()
				.stream()
				.map((definition) -> event(definition, rules.of(definition)))
				.filter((event) -> event.samplingPerMillion() > 0)
				.toList())
			.metadata(this.metadata)
			.runtimeFields(this.runtimeFields ? RuntimeFields.NAMES : List.of())
			.machineId(word(this.machineId))
			.destinations(this.sinks.stream()
				.filter(TelemetrySinkFactory::remote)
				.map((sink) -> destination(sink.name(), sink.target()))
				.toList())
			.deletion(this.deletion)
			.build();
	}

	private NoticeEvent event(EventDefinition definition, EventRule rule) {
		return new NoticeEvent(definition.name(), FIRST_VERSION, definition.purpose(),
				definition.properties().values().stream().map(NoticeFactory::property).toList(),
				NoticeEvent.perMillion(rule.samplingRate()), this.retention.toSeconds());
	}

	private static NoticeProperty property(PropertyDefinition property) {
		return new NoticeProperty(property.name(), word(property.type()), word(property.privacy()),
				property.keptInClear() ? "secrets" : "value");
	}

	private static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	/** What has no address counts by its name and what it says of itself. */
	private static NoticeDestination destination(String name, String target) {
		try {
			URI uri = new URI(target);
			if (uri.getScheme() != null && uri.getHost() != null) {
				String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
				return new NoticeDestination(name, scheme, uri.getHost().toLowerCase(Locale.ROOT),
						(uri.getPort() >= 0) ? uri.getPort() : defaultPort(scheme));
			}
		}
		catch (URISyntaxException ex) {
			// It is in words
		}
		return new NoticeDestination(name, "sink", target, 0);
	}

	private static int defaultPort(String scheme) {
		return switch (scheme) {
			case "https" -> 443;
			case "http" -> 80;
			default -> 0;
		};
	}

}
