package dev.telemetry.deletion;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * How far the requests of the last reset have got that wait no more. Names no identifier.
 *
 * @param outcome {@code ACKNOWLEDGED}, or {@code REQUESTED} when one of them was only
 * handed over
 * @param at when the last of them was done with
 * @param count how many of them there are
 * @param last the request id of the last of them
 */
record DeletionResult(DeletionOutcome outcome, Instant at, int count, UUID last) {

	byte[] toBytes() {
		return DeletionFormat.write(Map.of("outcome", this.outcome.name(), "at", this.at.toString(), "count",
				String.valueOf(this.count), "last", this.last.toString()));
	}

	/** The result, or {@code null} when the bytes are none of ours. */
	static @Nullable DeletionResult read(byte[] bytes) {
		Map<String, String> fields = DeletionFormat.fields(bytes);
		@Nullable UUID last = DeletionFormat.uuid(fields.get("last"));
		try {
			return (last != null) ? new DeletionResult(DeletionOutcome.valueOf(fields.getOrDefault("outcome", "")),
					Instant.parse(fields.getOrDefault("at", "")), Integer.parseInt(fields.getOrDefault("count", "")),
					last) : null;
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			return null;
		}
	}

}
