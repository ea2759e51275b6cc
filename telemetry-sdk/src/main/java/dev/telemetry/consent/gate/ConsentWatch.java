package dev.telemetry.consent.gate;

import java.util.function.Supplier;

import dev.telemetry.consent.gate.ConsentEvidence.Standing;

/**
 * Checks whether the current decision still allows the open consent session: for workers
 * before they write or send, when the last look is too old. Needs no lock, since it only
 * ever shuts what is open, and what was shut is never opened again.
 */
final class ConsentWatch {

	private final ConsentGateBuilder settings;

	private final ConsentEvidence evidence;

	private final Supplier<ConsentDecision> before;

	private final Supplier<ConsentDecision> now;

	private volatile long lastLook;

	/**
	 * Create a watch.
	 * @param settings say how old a look may be
	 * @param evidence judges
	 * @param before returns the decision as it was last computed
	 * @param now computes it
	 */
	ConsentWatch(ConsentGateBuilder settings, ConsentEvidence evidence, Supplier<ConsentDecision> before,
			Supplier<ConsentDecision> now) {
		this.settings = settings;
		this.evidence = evidence;
		this.before = before;
		this.now = now;
	}

	/** All inputs are read now. */
	void looking() {
		this.lastLook = this.settings.nanoTime.getAsLong();
	}

	/**
	 * Look, if the last look is too old, and shut what is not valid any more.
	 * @param open the consent session
	 * @return how far it may continue
	 */
	Standing look(ConsentSession open) {
		long begun = this.settings.nanoTime.getAsLong();
		if (begun - this.lastLook < this.settings.lookInterval.toNanos()) {
			return Standing.STANDS;
		}
		ConsentDecision seen = this.now.get();
		if (waitFor(open, seen)) {
			seen = this.now.get();
		}
		Standing standing = this.evidence.standing(open, seen);
		if (standing == Standing.ENDED) {
			open.shut();
		}
		else if (standing == Standing.LESS) {
			open.cutOff();
		}
		// Only now, and as of the beginning: a look under way lets no caller pass
		this.lastLook = begun;
		return standing;
	}

	/**
	 * Wait for a moment where that may help: a value that is missing from a file of the
	 * home may be back once the file has been replaced.
	 * @param open the consent session
	 * @param seen what was decided right now
	 * @return whether to decide once more
	 */
	boolean waitFor(ConsentSession open, ConsentDecision seen) {
		boolean wait = this.evidence.mayBeBack(open, this.before.get(), seen);
		if (wait) {
			this.settings.pause.run();
		}
		return wait;
	}

}
