package dev.telemetry.jcstress;

import java.time.Duration;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.delivery.DeliveryLane;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.sink.MemorySink;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A caller that records and flushes while the application closes; with the real threads.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "delivered")
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "dropped, and counted")
@Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "neither, or both")
@State
public class FlushAgainstCloseTest {

	private static final Duration LONG = Duration.ofSeconds(10);

	private final ConsentGate gate = Gates.open();

	private final MemorySink sink = new MemorySink();

	private final DeliveryLane lane = Gates.lane(this.gate, this.sink);

	public FlushAgainstCloseTest() {
		this.lane.start();
	}

	@Actor
	public void caller() {
		this.lane.offer(Gates.event("order.placed"));
		this.lane.flush(LONG);
	}

	@Actor
	public void application() {
		this.lane.close(LONG);
	}

	@Arbiter
	public void look(I_Result result) {
		DeliveryStatus status = this.lane.status();
		long dropped = status.dropped().values().stream().mapToLong(Long::longValue).sum();
		boolean balanced = status.accepted() == 1 && status.pending() == 0 && status.delivered() + dropped == 1
				&& this.sink.events().size() == status.delivered();
		result.r1 = balanced ? (int) (1 + dropped) : 0;
	}

}
