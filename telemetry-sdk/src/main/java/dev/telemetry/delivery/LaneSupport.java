package dev.telemetry.delivery;

import java.util.Objects;
import java.util.function.Supplier;

import dev.telemetry.Internal;
import dev.telemetry.consent.gate.ConsentGrant;
import dev.telemetry.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * What lanes use for events that a destination does not accept, or not yet.
 *
 * @param rejected stores the events that were refused for good
 * @param problems receives what has to be fixed before any event is accepted
 * @param spill where events for a remote sink wait on disk, or {@code null} if nothing
 * may be stored there
 * @param activity counts what is handed to sinks
 */
@Internal
public record LaneSupport(RejectedEvents rejected, Problems problems, @Nullable Spill spill,
		DeliveryActivity activity) {

	public LaneSupport {
		Objects.requireNonNull(rejected, "'rejected' must not be null");
		Objects.requireNonNull(problems, "'problems' must not be null");
		Objects.requireNonNull(activity, "'activity' must not be null");
	}

	/**
	 * Create support for lanes whose activity is not read.
	 * @param rejected as above
	 * @param problems as above
	 * @param spill as above
	 */
	public LaneSupport(RejectedEvents rejected, Problems problems, @Nullable Spill spill) {
		this(rejected, problems, spill, new DeliveryActivity());
	}

	@Nullable SpillStore store(String sink, Supplier<ConsentGrant> grant, DeliveryRuntime runtime) {
		return (this.spill != null) ? this.spill.store(sink, grant, runtime) : null;
	}

}
