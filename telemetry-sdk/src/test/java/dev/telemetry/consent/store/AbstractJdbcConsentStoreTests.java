package dev.telemetry.consent.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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

	@Test
	void saveShownIsInTheArchiveBesideTheNotices() throws Exception {
		ShownNotice shown = new ShownNotice("zh-Hant-TW", "\u6703\u8a18\u9304\u4ec0\u9ebc\n");
		store().saveShown(shown);
		store().saveShown(shown);
		store().saveShown(new ShownNotice("de", "Was aufgezeichnet wird\n"));
		assertThat(store().archive().notices()).hasSize(2)
			.contains(new String(shown.toJson(), StandardCharsets.US_ASCII));
		assertThat(store().notice(shown.hash())).as("no notice").isNull();
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
