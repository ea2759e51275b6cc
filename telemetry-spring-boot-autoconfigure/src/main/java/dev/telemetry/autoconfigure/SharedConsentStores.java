package dev.telemetry.autoconfigure;

import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.problem.Problems;

/**
 * Makes the store that replicas share. Names no type of the module {@code java.sql},
 * which a runtime image need not have.
 */
interface SharedConsentStores {

	/**
	 * Make the store; no database is asked.
	 * @param settings says which tool it is, and whether tables may be created
	 * @param problems told about what is missing, and about a database that fails
	 * @return the store
	 */
	ConsentStore create(TelemetrySettings settings, Problems problems);

}
