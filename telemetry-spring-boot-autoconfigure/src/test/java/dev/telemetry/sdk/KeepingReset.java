package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.deletion.DeletionRequests;
import dev.telemetry.deletion.SentIds;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.storage.Home;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A planted bean: a reset that closes the gate, asks for deletion and erases nothing. */
@Configuration(proxyBeanMethods = false)
class KeepingReset {

	@Bean
	TelemetryReset resetThatKeeps(ConsentGate gate, DeletionRequests requests, @Value("${telemetry.home}") Path home) {
		IdJournal journal = new IdJournal(Home.chosen(home), InstantSource.system());
		SentIds ids = new SentIds() {

			@Override
			public List<String> ids() throws IOException {
				return List.copyOf(journal.ids());
			}

			@Override
			public void erase() {
			}

		};
		return new TelemetryReset(gate::reset, ids, List.of(), requests);
	}

}
