package dev.telemetry.spec;

/**
 * How far a declaration may be relied on.
 */
public enum Stability {

	IDEA, IN_CREATION, EXPERIMENTAL, BETA, STABLE, DEPRECATED

}
