package dev.telemetry.consent.store;

/** The contract, kept by a real PostgreSQL, with the script for it. */
class JdbcConsentStorePostgresTests extends AbstractJdbcConsentStoreTests {

	@Override
	TestDatabase database() {
		return TestDatabase.postgres();
	}

}
