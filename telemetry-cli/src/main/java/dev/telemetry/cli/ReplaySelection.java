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
 * @param tool the tool that the yes is for
 * @param grant since when the yes stands for sure
 * @param now what is later cannot have been recorded
 * @param wish what was asked for
 * @param waiting what the application will send itself
 */
record ReplaySelection(String tool, Instant grant, Instant now, Wish wish, Set<UUID> waiting) {

	ReplaySelection {
		waiting = Set.copyOf(waiting);
	}

	/** Return why an event is not sent, or {@code null} if it is. */
	@Nullable ReplaySkip skips(Event event) {
		Instant time = event.timestamp();
		String machineId = event.machineId();
		if (machineId != null && !IdJournal.isId(machineId)) {
			// Nobody could ask for its deletion
			return ReplaySkip.DAMAGED;
		}
		if (!event.tool().equals(this.tool)) {
			return ReplaySkip.OTHER_TOOL;
		}
		if (time.isBefore(this.grant)) {
			return ReplaySkip.BEFORE_THE_YES;
		}
		if (time.isAfter(this.now)) {
			return ReplaySkip.IN_THE_FUTURE;
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
