package dev.telemetry.jcstress;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentSession;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A worker that sends while the person says no. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "nothing was sent")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "sent before the denial was answered")
@Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "sent after the denial was answered")
@State
public class SendAgainstNoTest {

	private final ConsentGate gate = Gates.open();

	private volatile boolean answered;

	@Actor
	public void worker(I_Result result) {
		ConsentSession session = this.gate.session();
		if (session != null && session.enter()) {
			try {
				result.r1 = this.answered ? 2 : 1;
			}
			finally {
				session.exit();
			}
		}
	}

	@Actor
	public void person() {
		this.gate.disable("command");
		this.answered = true;
	}

}
