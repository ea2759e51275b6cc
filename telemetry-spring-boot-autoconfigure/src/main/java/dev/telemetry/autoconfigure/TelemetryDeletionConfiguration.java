package dev.telemetry.autoconfigure;

import java.time.InstantSource;
import java.util.List;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.deletion.DeletionRequestor;
import dev.telemetry.deletion.DeletionRequests;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.insight.PersonalDataExport;
import dev.telemetry.problem.Problems;
import dev.telemetry.sent.SentLog;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a person gets and has deleted. */
@Configuration(proxyBeanMethods = false)
final class TelemetryDeletionConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DeletionRequests telemetryDeletionRequests(TelemetrySettings settings, ConsentGate gate,
			TelemetrySinkFactories sinks, ObjectProvider<DeletionRequestor> requestor, ProtectiveCap cap,
			Problems problems, SentLog sent) {
		return new DeletionWiring(settings, gate, cap, problems, sent)
			.requests(requestor.orderedStream().findFirst().orElse(null), sinks.remote());
	}

	@Bean
	@ConditionalOnMissingBean
	TelemetryReset telemetryReset(ConsentGate gate, TelemetryStorage storage, DeletionRequests deletion, SentLog sent) {
		return new TelemetryReset(gate::reset, storage.sentIds(), TelemetryWiring.erasures(storage, sent), deletion);
	}

	@Bean
	@ConditionalOnMissingBean
	PersonalDataExport telemetryPersonalDataExport(TelemetrySettings settings, ConsentStore store,
			TelemetryStorage storage, SentLog sent) {
		return new PersonalDataExport(TelemetryWiring.toolName(settings), settings.machineId().mode(), settings.home(),
				store, List.copyOf(storage.logs()), InstantSource.system(), sent);
	}

}
