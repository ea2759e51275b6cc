package dev.telemetry.consent.store;

import dev.telemetry.Internal;

/** Creates the tables of the record of consent. */
@Internal
@FunctionalInterface
public interface ConsentSchema {

	/**
	 * Create the tables that are missing. Called when one is missed.
	 * @return what became of it
	 * @throws RuntimeException if they cannot be created
	 */
	Outcome create();

	/**
	 * Return what creates nothing.
	 * @return a schema for tables that the operator creates
	 */
	static ConsentSchema none() {
		return () -> Outcome.UNWANTED;
	}

	/** What became of it. */
	enum Outcome {

		/** They are there. */
		CREATED,

		/** It is not wanted that we create them. */
		UNWANTED,

		/** The application's own migrations come first, and have not run yet. */
		NOT_YET

	}

}
