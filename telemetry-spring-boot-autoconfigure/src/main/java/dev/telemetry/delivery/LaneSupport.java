package dev.telemetry.delivery;

import java.util.Objects;

import dev.telemetry.problem.Problems;

/**
 * Where lanes turn with what a receiver does not take.
 *
 * @param rejected keeps the events that were refused for good
 * @param problems told what somebody has to mend before anything is taken
 */
public record LaneSupport(RejectedEvents rejected, Problems problems) {

	public LaneSupport {
		Objects.requireNonNull(rejected, "'rejected' must not be null");
		Objects.requireNonNull(problems, "'problems' must not be null");
	}

}
