package dev.telemetry.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.insight.PersonalDataExport;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.sent.SentLog;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The export of an earlier home is as it was, byte by byte. */
class FrozenExportTests {

	private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-12-01T03:00:00Z"));

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "granted", "taken-over", "upgraded", "reset" })
	void exportIsAsItWas(String name) throws IOException {
		Path home = new EarlierHome("3ecaa67", name).copyTo(this.directory.resolve("home"));
		PersonalDataExport export = new PersonalDataExport("order-desk", MachineIdMode.ROTATING, Home.chosen(home),
				ConsentStore.file(Home.chosen(home), "order-desk"), List.of(home.resolve("telemetry.log")), CLOCK,
				SentLog.OFF);
		try (InputStream document = export.open()) {
			Golden.assertSame("export/" + name + ".json", document.readAllBytes());
		}
	}

}
