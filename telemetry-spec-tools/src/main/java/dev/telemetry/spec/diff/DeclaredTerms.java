package dev.telemetry.spec.diff;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import dev.telemetry.consent.notice.NoticeEvent;
import dev.telemetry.consent.notice.NoticeTerms;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.manifest.ManifestEvent;

/**
 * What decides about events where nothing is configured yet: their own declarations. How
 * long the local log stores events that do not state it themselves is configuration.
 *
 * @param events the events
 * @param asTheLog how long such an event is stored, in seconds
 */
record DeclaredTerms(List<ManifestEvent> events, long asTheLog) implements NoticeTerms {

	/** What the log stores unless it is configured otherwise, or something more. */
	private static final long LOG = Duration.ofDays(30).toSeconds() + 1;

	/** What the log stores, however it is configured. */
	private static final long ANY_LOG = Long.MAX_VALUE;

	/** Describe what was, and say of a log no more than is sure. */
	static DeclaredTerms before(List<ManifestEvent> events) {
		return new DeclaredTerms(events, LOG);
	}

	/** Describe what is; only where the log decided before as well it says the same. */
	static DeclaredTerms after(List<ManifestEvent> events, List<ManifestEvent> before) {
		boolean same = before.stream().anyMatch((event) -> event.definition().retention() == null);
		return new DeclaredTerms(events, same ? LOG : ANY_LOG);
	}

	@Override
	public double samplingRate(EventDefinition event) {
		return event.samplingRate();
	}

	@Override
	public long retentionSeconds(EventDefinition event) {
		EventRetention retention = event.retention();
		if (retention == null) {
			return this.asTheLog;
		}
		return (retention.policy() == EventRetention.Policy.ARCHIVE) ? NoticeEvent.UNTIL_RESET
				: Duration.ofDays(retention.days()).toSeconds();
	}

	@Override
	public Collection<String> destinations(EventDefinition event) {
		return this.events.stream()
			.filter((declared) -> declared.definition() == event)
			.findFirst()
			.map(ManifestEvent::receivers)
			.orElse(List.of());
	}

}
