package dev.telemetry.delivery;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentPass;

/**
 * What a lane needs of consent: to be inside while it writes or sends.
 */
interface SessionPass {

	/** Notice that consent was withdrawn elsewhere, or is not configured any more. */
	void check();

	/** Enter; {@code false} if the session is over. */
	boolean enter();

	void exit();

	/**
	 * Look again, from inside, before one of several requests.
	 * @return {@code false} if no other one may begin
	 */
	boolean goOn();

	static SessionPass of(ConsentGate gate, ConsentPass pass) {
		return new SessionPass() {

			@Override
			public void check() {
				gate.checkRecord();
			}

			@Override
			public boolean enter() {
				return pass.enter();
			}

			@Override
			public void exit() {
				pass.exit();
			}

			@Override
			public boolean goOn() {
				gate.checkRecordInside();
				return !pass.isShut();
			}

		};
	}

}
