package dev.telemetry.autoconfigure;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

import dev.telemetry.TelemetryContext;
import dev.telemetry.actuate.BrowserGuard;
import dev.telemetry.actuate.NoticeView;
import dev.telemetry.actuate.TelemetryEndpoint;
import dev.telemetry.actuate.TelemetryEndpointJmxExtension;
import dev.telemetry.actuate.TelemetryEndpointWebExtension;
import dev.telemetry.actuate.TelemetryViews;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.insight.LocalLogReader;
import dev.telemetry.insight.PersonalDataExport;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.EndpointMapping;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link AutoConfiguration Auto-configuration} for the endpoint {@code telemetry} and the
 * guard in front of it. Before the management context, which looks for the guard. Needs
 * the settings too: without {@link TelemetryAutoConfiguration} there is nothing to guard
 * by.
 */
@AutoConfiguration(before = ManagementContextAutoConfiguration.class, after = TelemetryAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean({ TelemetryContext.class, TelemetrySettings.class })
@ConditionalOnAvailableEndpoint(TelemetryEndpoint.class)
public final class TelemetryEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TelemetryEndpoint telemetryEndpoint(TelemetryContext context, TelemetryReset reset) {
		return new TelemetryEndpoint(context, reset);
	}

	@Bean
	@ConditionalOnMissingBean
	TelemetryViews telemetryViews(LocalLogReader log, NoticeView notice, PersonalDataExport export) {
		return new TelemetryViews(log, notice, export);
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
	static class WebConfiguration {

		@Bean
		@ConditionalOnMissingBean
		TelemetryEndpointWebExtension telemetryEndpointWebExtension(TelemetryEndpoint endpoint, TelemetryViews views,
				BrowserGuard guard) {
			return new TelemetryEndpointWebExtension(endpoint, views, guard);
		}

		@Bean
		BrowserGuard telemetryBrowserGuard(WebEndpointProperties properties, ObjectProvider<PathMapper> pathMappers,
				TelemetrySettings settings) {
			EndpointMapping mapping = new EndpointMapping(properties.getBasePath());
			List<PathMapper> mappers = pathMappers.orderedStream().toList();
			byte[] voucher = new byte[16];
			new SecureRandom().nextBytes(voucher);
			return new BrowserGuard(path(mapping, mappers, "telemetry"), path(mapping, mappers, "telemetryconsole"),
					settings.allowedHosts(), HexFormat.of().formatHex(voucher));
		}

		private static String path(EndpointMapping mapping, List<PathMapper> mappers, String id) {
			return mapping.createSubPath(PathMapper.getRootPath(mappers, EndpointId.of(id)));
		}

	}

}
