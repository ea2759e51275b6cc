package dev.telemetry.consent.store;

/** The contract, kept by H2, with the script for it. */
class JdbcConsentStoreH2Tests extends AbstractJdbcConsentStoreTests {

	@Override
	TestDatabase database() {
		return TestDatabase.h2("h2");
	}

}
