package dev.telemetry.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A planted gate that is a volatile flag. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "nothing was sent")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "sent before the denial was answered")
@Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "sent after the denial was answered")
@State
public class PlantedFlagTest {

	private volatile boolean open = true;

	private volatile boolean answered;

	@Actor
	public void worker(I_Result result) {
		if (this.open) {
			result.r1 = this.answered ? 2 : 1;
		}
	}

	@Actor
	public void person() {
		this.open = false;
		this.answered = true;
	}

}
