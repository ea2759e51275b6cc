package dev.telemetry.delivery;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a lane has done so far. At all times
 * {@code accepted = delivered + pending + spilled + sum(dropped)}.
 *
 * @param name the name of the sink
 * @param target where events go, without secrets
 * @param remote whether they leave this machine
 * @param accepted how many events were handed to the lane, or found on disk by it
 * @param delivered how many the sink acknowledged
 * @param dropped how many were lost, by reason; only reasons that occurred
 * @param pending how many wait in memory
 * @param spilled how many wait on disk
 * @param spilledFiles in how many files
 * @param spilledBytes how large those are together
 * @param lastDelivery when the sink last acknowledged something, or {@code null}
 * @param lastError what went wrong last, without secrets, or {@code null} after a success
 */
public record DeliveryStatus(String name, String target, boolean remote, long accepted, long delivered,
		Map<String, Long> dropped, long pending, long spilled, long spilledFiles, long spilledBytes,
		@Nullable Instant lastDelivery, @Nullable String lastError) {

	public DeliveryStatus {
		dropped = Map.copyOf(dropped);
	}

	/**
	 * Return whether every accepted event is accounted for, in one place each.
	 * @return {@code true}, always
	 */
	public boolean balanced() {
		long lost = this.dropped.values().stream().mapToLong(Long::longValue).sum();
		return this.accepted == this.delivered + this.pending + this.spilled + lost;
	}

}
