package dev.telemetry.delivery;

import java.util.Objects;

import dev.telemetry.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Where lanes turn with what a receiver does not take, or not yet.
 *
 * @param rejected keeps the events that were refused for good
 * @param problems told what somebody has to mend before anything is taken
 * @param spill where events for a remote sink wait on disk, or {@code null} if nothing
 * may be kept there
 */
public record LaneSupport(RejectedEvents rejected, Problems problems, @Nullable Spill spill) {

	public LaneSupport {
		Objects.requireNonNull(rejected, "'rejected' must not be null");
		Objects.requireNonNull(problems, "'problems' must not be null");
	}

	@Nullable SpillStore store(String sink, String grantId, DeliveryRuntime runtime) {
		return (this.spill != null) ? this.spill.store(sink, grantId, runtime) : null;
	}

}
