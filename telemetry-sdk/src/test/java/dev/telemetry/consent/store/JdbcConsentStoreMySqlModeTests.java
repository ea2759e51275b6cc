package dev.telemetry.consent.store;

/** The contract, kept by H2 as it speaks MySQL, with the script for it. */
class JdbcConsentStoreMySqlModeTests extends AbstractJdbcConsentStoreTests {

	@Override
	TestDatabase database() {
		return TestDatabase.h2("mysql");
	}

}
