package dev.telemetry.pipeline;

/** Why something was not kept before it reached any sink. */
public enum DropReason {

	/** An event that sampling left out. */
	SAMPLED,

	/** An event or attribute that nothing declares. */
	UNDECLARED,

	/** An event that a processor refused, or an attribute that cannot be kept. */
	INVALID,

	/** An attribute beyond the limits, dropped or cut. */
	OVERFLOW

}
