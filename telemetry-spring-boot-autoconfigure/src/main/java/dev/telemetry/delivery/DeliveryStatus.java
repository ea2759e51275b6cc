package dev.telemetry.delivery;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a lane has done so far. At all times
 * {@code accepted = delivered + pending + sum(dropped)}.
 *
 * @param name the name of the sink
 * @param target where events go, without secrets
 * @param remote whether they leave this machine
 * @param accepted how many events were handed to the lane
 * @param delivered how many the sink acknowledged
 * @param dropped how many were lost, by reason; only reasons that occurred
 * @param pending how many wait in memory
 * @param lastDelivery when the sink last acknowledged something, or {@code null}
 * @param lastError what went wrong last, without secrets, or {@code null} after a success
 */
public record DeliveryStatus(String name, String target, boolean remote, long accepted, long delivered,
		Map<String, Long> dropped, long pending, @Nullable Instant lastDelivery, @Nullable String lastError) {

	public DeliveryStatus {
		dropped = Map.copyOf(dropped);
	}

}
