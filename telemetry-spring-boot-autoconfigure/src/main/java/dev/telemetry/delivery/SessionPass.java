package dev.telemetry.delivery;

import dev.telemetry.consent.ConsentGate;
import dev.telemetry.consent.ConsentSession;

/**
 * What a lane needs of consent: to be inside while it writes or sends.
 */
interface SessionPass {

	/** Notice a no that another process has stored. */
	void check();

	/** Enter; {@code false} if the session is over. */
	boolean enter();

	void exit();

	static SessionPass of(ConsentGate gate, ConsentSession session) {
		return new SessionPass() {

			@Override
			public void check() {
				gate.checkRecord();
			}

			@Override
			public boolean enter() {
				return session.enter();
			}

			@Override
			public void exit() {
				session.exit();
			}

		};
	}

}
