package dev.telemetry.jcstress;

import java.time.Duration;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentListener;
import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.delivery.DeliveryLane;
import dev.telemetry.sink.MemorySink;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A caller that records while the person says no and then yes again. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "nothing came out")
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "recorded under the second yes")
@Outcome(id = "1", expect = Expect.FORBIDDEN, desc = "recorded under the first yes, came out under the second")
@State
public class RecordAgainstOffAndOnTest {

	private final ConsentGate gate = Gates.open();

	private final MemorySink sink = new MemorySink();

	private final DeliveryLane first = Gates.lane(this.gate, this.sink);

	private volatile DeliveryLane lane = this.first;

	public RecordAgainstOffAndOnTest() {
		this.gate.addListener(new ConsentListener() {

			@Override
			public void closing(ConsentSession session) {
				RecordAgainstOffAndOnTest.this.lane = null;
			}

		});
	}

	@Actor
	public void caller() {
		DeliveryLane current = this.lane;
		if (current != null) {
			current.offer(Gates.event((current == this.first) ? "first" : "second"));
		}
	}

	@Actor
	public void person() {
		this.gate.disable("command");
		this.first.discard();
		Gates.enable(this.gate);
		this.lane = Gates.lane(this.gate, this.sink);
		// A thread that revived what the first lane still has would do it now
		this.first.flush(Duration.ZERO);
	}

	@Arbiter
	public void look(I_Result result) {
		this.lane.flush(Duration.ZERO);
		this.sink.events().forEach((event) -> {
			boolean late = event.name().equals("first");
			result.r1 = late ? 1 : Math.max(result.r1, 2);
		});
	}

}
