package dev.telemetry.autoconfigure;

/** Where an operator reads the notice and decides, when that is exposed over HTTP. */
@FunctionalInterface
interface NoticeAddress {

	/**
	 * Return what to do there.
	 * @return for example {@code Review and decide at /actuator/telemetryconsole}
	 */
	String advice();

}
