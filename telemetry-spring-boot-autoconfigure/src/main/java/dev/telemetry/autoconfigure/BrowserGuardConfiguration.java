package dev.telemetry.autoconfigure;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

import dev.telemetry.Internal;
import dev.telemetry.actuate.BrowserGuard;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.EndpointMapping;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link Configuration @Configuration} for the guard in front of the endpoint and of the
 * console; imported by whatever exposes one of them over HTTP.
 */
@Internal
@Configuration(proxyBeanMethods = false)
public class BrowserGuardConfiguration {

	/** One for all contexts: the endpoints know their own guard only. */
	@Bean
	@ConditionalOnMissingBean
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
