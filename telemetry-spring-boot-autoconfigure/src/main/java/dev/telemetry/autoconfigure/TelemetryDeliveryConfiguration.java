package dev.telemetry.autoconfigure;

import java.time.InstantSource;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.deletion.DeletionRequests;
import dev.telemetry.insight.LocalLogReader;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sent.SentLog;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where events go, what of them lies in the home, and when that starts and ends. */
@Configuration(proxyBeanMethods = false)
final class TelemetryDeliveryConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SentLog telemetrySentLog(TelemetrySettings settings, ObjectProvider<SentLogReader> readers) {
		boolean readable = readers.getIfAvailable() != null;
		return readable ? new SentLog(settings.properties().sentLog().maxSize().toBytes(), InstantSource.system())
				: SentLog.OFF;
	}

	@Bean
	TelemetrySinkFactories telemetrySinkFactories(TelemetrySettings settings,
			ObjectProvider<TelemetrySinkFactory> factories, ApplicationContext context,
			ObjectProvider<SslBundles> bundles, Problems problems, SentLog sent) {
		return new TelemetrySinkFactories(settings, factories.orderedStream().toList(),
				context.getBeansOfType(TelemetrySink.class), bundles, new UsableSinks(problems::report), sent);
	}

	@Bean
	TelemetryStorage telemetryStorage(TelemetrySettings settings) {
		return new TelemetryStorage(settings);
	}

	@Bean
	TelemetryLifecycle telemetryLifecycle(TelemetrySdk sdk, TelemetrySettings settings, NoticePublisher notices,
			Problems problems, DeletionRequests deletion, ConsentStore store, ConsentGate gate) {
		TelemetryLifecycle lifecycle = new TelemetryLifecycle(sdk, settings, notices, problems, deletion,
				ConsentStores.poller(settings, store, sdk.gate()));
		gate.addListener(lifecycle);
		return lifecycle;
	}

	@Bean
	@ConditionalOnMissingBean
	LocalLogReader telemetryLocalLogReader(TelemetrySettings settings) {
		TelemetrySettings.LocalLog log = settings.sinks().file();
		return new LocalLogReader((log != null) ? log.path() : null);
	}

}
