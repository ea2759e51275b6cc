package dev.telemetry.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A planted gate that is turned off and on again over one buffer. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "nothing came out")
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "recorded under the second yes")
@Outcome(id = "1", expect = Expect.FORBIDDEN, desc = "recorded under the first yes, came out under the second")
@State
public class PlantedFlagOffAndOnTest {

	private volatile boolean open = true;

	private volatile int yes = 1;

	private volatile int buffer;

	@Actor
	public void caller() {
		int before = this.yes;
		if (this.open) {
			this.buffer = before;
		}
	}

	@Actor
	public void person() {
		this.open = false;
		this.buffer = 0;
		this.yes = 2;
		this.open = true;
	}

	@Arbiter
	public void look(I_Result result) {
		result.r1 = this.buffer;
	}

}
