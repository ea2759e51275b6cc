package dev.telemetry.autoconfigure;

import javax.sql.DataSource;

import dev.telemetry.autoconfigure.TelemetryProperties.Consent.InitializeSchema;
import dev.telemetry.consent.store.ConsentSchema;

/** Makes what creates the tables of the record of consent in a database. */
@FunctionalInterface
interface ConsentSchemaFactory {

	ConsentSchema create(DataSource dataSource, InitializeSchema when);

}
