package dev.telemetry.consent.store;

/** The contract, kept by H2 as it speaks MariaDB, with the script for it. */
class JdbcConsentStoreMariaDbModeTests extends AbstractJdbcConsentStoreTests {

	@Override
	TestDatabase database() {
		return TestDatabase.h2("mariadb");
	}

}
