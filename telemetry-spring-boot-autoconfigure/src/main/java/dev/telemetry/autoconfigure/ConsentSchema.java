package dev.telemetry.autoconfigure;

import javax.sql.DataSource;

import dev.telemetry.autoconfigure.TelemetryProperties.Consent.InitializeSchema;

/** Creates the tables of the record of consent. */
interface ConsentSchema {

	/**
	 * Create the tables that are missing.
	 * @param dataSource the database
	 * @param when whether to do so at all
	 * @throws RuntimeException if they cannot be created
	 */
	void create(DataSource dataSource, InitializeSchema when);

	/** Return what creates nothing, for an application without Spring's JDBC. */
	static ConsentSchema none() {
		return (dataSource, when) -> {
			if (when == InitializeSchema.ALWAYS) {
				throw new IllegalStateException("spring-boot-jdbc is not on the class path");
			}
		};
	}

}
