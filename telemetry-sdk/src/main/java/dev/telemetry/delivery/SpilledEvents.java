package dev.telemetry.delivery;

import java.util.Set;
import java.util.UUID;

import dev.telemetry.Internal;

/**
 * What waits on disk to be sent to a sink.
 *
 * @param ids the identifiers of the events that can be read
 * @param alive whether a lane that lives owns some of it
 */
@Internal
public record SpilledEvents(Set<UUID> ids, boolean alive) {

	public SpilledEvents {
		ids = Set.copyOf(ids);
	}

}
