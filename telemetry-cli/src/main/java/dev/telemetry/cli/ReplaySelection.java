package dev.telemetry.cli;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import dev.telemetry.event.Event;
import dev.telemetry.machine.IdJournal;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a log are sent.
 *
 * @param tool the tool that the grant is for
 * @param grant since when the grant surely applies
 * @param now what is later cannot have been recorded
 * @param wish what was asked for
 * @param elsewhere the names of events that are meant for other destinations only
 * @param waiting what the application will send itself
 */
record ReplaySelection(String tool, Instant grant, Instant now, Wish wish, Set<String> elsewhere, Set<UUID> waiting) {

	ReplaySelection {
		elsewhere = Set.copyOf(elsewhere);
		waiting = Set.copyOf(waiting);
	}

	/** Return why an event is not sent, or {@code null} if it is. */
	@Nullable ReplaySkip skips(Event event) {
		Instant time = event.timestamp();
		String machineId = event.machineId();
		if (machineId != null && !IdJournal.isId(machineId)) {
			// Its deletion could not be requested
			return ReplaySkip.DAMAGED;
		}
		if (!event.tool().equals(this.tool)) {
			return ReplaySkip.OTHER_TOOL;
		}
		if (time.isBefore(this.grant)) {
			return ReplaySkip.BEFORE_THE_GRANT;
		}
		if (time.isAfter(this.now)) {
			return ReplaySkip.IN_THE_FUTURE;
		}
		if (this.elsewhere.contains(event.name())) {
			return ReplaySkip.OTHER_DESTINATION;
		}
		if (this.waiting.contains(event.id())) {
			return ReplaySkip.WAITS;
		}
		return this.wish.skips(event);
	}

	/**
	 * What was asked for.
	 *
	 * @param since not before, or {@code null}
	 * @param until before, or {@code null}
	 * @param events the names; empty for all
	 */
	record Wish(@Nullable Instant since, @Nullable Instant until, Set<String> events) {

		Wish {
			events = Set.copyOf(events);
		}

		@Nullable ReplaySkip skips(Event event) {
			Instant time = event.timestamp();
			if ((this.since != null && time.isBefore(this.since))
					|| (this.until != null && !time.isBefore(this.until))) {
				return ReplaySkip.OTHER_TIME;
			}
			return (this.events.isEmpty() || this.events.contains(event.name())) ? null : ReplaySkip.OTHER_EVENT;
		}

	}

}
