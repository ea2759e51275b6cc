package dev.telemetry.autoconfigure;

import dev.telemetry.actuate.BrowserGuard;
import dev.telemetry.actuate.NoticeView;
import dev.telemetry.actuate.SentView;
import dev.telemetry.actuate.TelemetryEndpoint;
import dev.telemetry.actuate.TelemetryEndpointJmxExtension;
import dev.telemetry.actuate.TelemetryEndpointWebExtension;
import dev.telemetry.actuate.TelemetryViews;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.insight.LocalLogReader;
import dev.telemetry.insight.PersonalDataExport;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sent.SentLog;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@link AutoConfiguration Auto-configuration} for the endpoint {@code telemetry} and the
 * guard in front of it. Before the management context, which looks for the guard. Needs
 * the settings too: without {@link TelemetryAutoConfiguration} there is nothing to guard
 * by.
 */
@AutoConfiguration(before = ManagementContextAutoConfiguration.class, after = TelemetryAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean({ TelemetrySdk.class, TelemetrySettings.class })
@ConditionalOnAvailableEndpoint(TelemetryEndpoint.class)
public final class TelemetryEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TelemetryEndpoint telemetryEndpoint(TelemetrySdk sdk, TelemetryReset reset) {
		return new TelemetryEndpoint(sdk, reset);
	}

	@Bean
	@ConditionalOnMissingBean
	TelemetryViews telemetryViews(LocalLogReader log, NoticeView notice, PersonalDataExport export, SentLog sent) {
		return new TelemetryViews(log, notice, export, new SentView(sent));
	}

	@Bean
	SentLogReader telemetrySentLogReader() {
		return new SentLogReader();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(endpoint = TelemetryEndpoint.class, exposure = EndpointExposure.JMX)
	TelemetryEndpointJmxExtension telemetryEndpointJmxExtension(TelemetryEndpoint endpoint, TelemetryViews views) {
		return new TelemetryEndpointJmxExtension(endpoint, views);
	}

	/** The endpoint over HTTP, never without its guard. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication
	@ConditionalOnAvailableEndpoint(endpoint = TelemetryEndpoint.class, exposure = EndpointExposure.WEB)
	@Import(BrowserGuardConfiguration.class)
	static class WebConfiguration {

		@Bean
		@ConditionalOnMissingBean
		TelemetryEndpointWebExtension telemetryEndpointWebExtension(TelemetryEndpoint endpoint, TelemetryViews views,
				BrowserGuard guard, ObjectProvider<PathMappedEndpoints> paths) {
			return new TelemetryEndpointWebExtension(endpoint, views, guard,
					() -> paths.getObject().getPath(EndpointId.of("telemetryconsole")));
		}

		/** Says where a person decides: at the console if there is one. */
		@Bean
		NoticeAddress telemetryNoticeAddress(ObjectProvider<PathMappedEndpoints> exposed) {
			return () -> advice(exposed.getIfAvailable());
		}

		private static String advice(@Nullable PathMappedEndpoints exposed) {
			String console = (exposed != null) ? exposed.getPath(EndpointId.of("telemetryconsole")) : null;
			if (console != null) {
				return "Review and decide at " + console;
			}
			String path = (exposed != null) ? exposed.getPath(EndpointId.of("telemetry")) : null;
			return "Review at " + path + "/notice, and decide with POST " + path + "/enable or " + path + "/disable";
		}

	}

}
