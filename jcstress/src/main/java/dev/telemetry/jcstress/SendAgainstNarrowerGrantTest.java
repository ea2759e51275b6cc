package dev.telemetry.jcstress;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentPass;
import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.consent.store.ConsentScope;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A worker that sends while the user grants consent for this machine only, over consent
 * for everywhere, and takes that back again.
 */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "nothing was sent")
@Outcome(id = "1", expect = Expect.ACCEPTABLE,
		desc = "sent before the narrower grant was answered, or after the wider one was given")
@Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "sent after the narrower grant was answered")
@State
public class SendAgainstNarrowerGrantTest {

	private final ConsentGate gate = Gates.openEverywhere();

	private volatile boolean answered;

	@Actor
	public void worker(I_Result result) {
		ConsentSession session = this.gate.session();
		ConsentPass pass = (session != null) ? session.pass(true) : null;
		if (pass != null && pass.enter()) {
			try {
				result.r1 = this.answered ? 2 : 1;
			}
			finally {
				pass.exit();
			}
		}
	}

	@Actor
	public void user() {
		this.gate.enable(ConsentScope.LOCAL, null, "command");
		this.answered = true;
		Thread.onSpinWait();
		this.answered = false;
		this.gate.enable(ConsentScope.EXPORT, null, "command");
	}

}
