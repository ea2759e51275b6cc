package dev.telemetry.consent.store;

import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Tag;

/** The contract, kept by a database. */
@Tag("F-32")
abstract class AbstractJdbcConsentStoreTests extends AbstractConsentStoreTests {

	private final TestDatabase database = database();

	abstract TestDatabase database();

	@Override
	ConsentStore store() {
		return TestDatabase.store(this.database.replica(), "demo", () -> 0);
	}

	@Override
	void change(UnaryOperator<String> change) {
		String text = this.database.query("select record from telemetry_consent where tool = 'demo'").get(0);
		String changed = change.apply(text);
		long seq = Long.parseLong(changed.replaceAll(".*\"seq\":(\\d+).*", "$1"));
		this.database
			.execute("update telemetry_consent set record = '" + changed + "', seq = " + seq + " where tool = 'demo'");
	}

	@Override
	String setAside() {
		return this.database.query("select damaged from telemetry_consent where tool = 'demo'").get(0);
	}

	@Override
	List<String> receipts() {
		return this.database.query("select receipt from telemetry_consent_receipt where tool = 'demo' order by seq");
	}

	@Override
	void changeReceipt(int number, UnaryOperator<String> change) {
		String changed = change.apply(receipts().get(number - 1));
		this.database.execute("update telemetry_consent_receipt set receipt = '" + changed
				+ "' where tool = 'demo' and seq = " + number);
	}

}
