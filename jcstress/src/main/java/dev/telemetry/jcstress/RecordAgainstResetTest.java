package dev.telemetry.jcstress;

import java.time.Duration;
import java.util.List;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.deletion.DeletionRequests;
import dev.telemetry.deletion.DeletionSettings;
import dev.telemetry.deletion.Erasure;
import dev.telemetry.deletion.SentIds;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.delivery.DeliveryLane;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.problem.Problems;
import dev.telemetry.sink.MemorySink;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A caller and its worker that record and write while the person resets. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "the log is empty")
@Outcome(id = "1", expect = Expect.FORBIDDEN, desc = "something was written after the log was erased")
@State
public class RecordAgainstResetTest {

	private static final SentIds NONE = new SentIds() {

		@Override
		public List<String> ids() {
			return List.of();
		}

		@Override
		public void erase() {
		}

	};

	private final ConsentGate gate = Gates.open();

	private final MemorySink log = new MemorySink();

	private final DeliveryLane lane = Gates.lane(this.gate, this.log);

	private final TelemetryReset reset = new TelemetryReset(this.gate::reset, NONE,
			List.of(new Erasure("log", this.log::erase)),
			new DeletionRequests(new DeletionSettings("jcstress", null, null, null), null, () -> null, new Problems(),
					DeliveryRuntime.system()));

	@Actor
	public void worker() {
		this.lane.offer(Gates.event("order.placed"));
		this.lane.flush(Duration.ZERO);
	}

	@Actor
	public void person() {
		this.reset.reset("command");
	}

	@Arbiter
	public void look(I_Result result) {
		result.r1 = this.log.events().size();
	}

}
