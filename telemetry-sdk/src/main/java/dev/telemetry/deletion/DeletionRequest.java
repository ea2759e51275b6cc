package dev.telemetry.deletion;

import java.util.Objects;
import java.util.UUID;

/**
 * A request to delete everything recorded under one identifier of this installation.
 *
 * @param machineId the identifier, as the events contained it
 * @param requestId made once and the same at every attempt, so that a destination can
 * detect a repetition
 * @param tool the name of the tool that recorded
 */
public record DeletionRequest(String machineId, UUID requestId, String tool) {

	public DeletionRequest {
		Objects.requireNonNull(machineId, "'machineId' must not be null");
		Objects.requireNonNull(requestId, "'requestId' must not be null");
		Objects.requireNonNull(tool, "'tool' must not be null");
	}

}
