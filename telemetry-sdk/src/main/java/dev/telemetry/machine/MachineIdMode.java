package dev.telemetry.machine;

/** How the identifier of this installation comes about, the most private first. */
public enum MachineIdMode {

	/** There is none. */
	NONE,

	/** From a secret of this installation: another one after each reset. */
	ROTATING,

	/** From the machine and the salt alone: the same as long as both are. */
	DERIVED

}
