package dev.telemetry.consent.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.telemetry.storage.Home;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by a file. */
class FileConsentStoreContractTests extends AbstractConsentStoreTests {

	@TempDir
	private Path directory;

	@Override
	ConsentStore store() {
		return ConsentStore.file(Home.chosen(this.directory), "demo");
	}

	@Override
	void change(UnaryOperator<String> change) throws IOException {
		Path file = this.directory.resolve("consent.json");
		Files.writeString(file, change.apply(Files.readString(file)));
	}

	@Override
	String setAside() throws IOException {
		return Files.readString(this.directory.resolve("consent.json.damaged"));
	}

	@Override
	List<String> receipts() throws IOException {
		return Files.readAllLines(this.directory.resolve("consent-receipts.jsonl"));
	}

	@Override
	void changeReceipt(int number, UnaryOperator<String> change) throws IOException {
		List<String> lines = new ArrayList<>(receipts());
		lines.set(number - 1, change.apply(lines.get(number - 1)));
		Files.writeString(this.directory.resolve("consent-receipts.jsonl"), String.join("\n", lines) + "\n");
	}

}
