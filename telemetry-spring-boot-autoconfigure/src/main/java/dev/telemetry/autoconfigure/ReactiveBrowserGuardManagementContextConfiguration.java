package dev.telemetry.autoconfigure;

import dev.telemetry.actuate.BrowserGuard;
import dev.telemetry.actuate.BrowserGuardWebFilter;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.server.WebFilter;

/**
 * Puts the browser guard in front of WebFlux, on the port of the application or on a
 * management port of its own.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(WebFilter.class)
@ConditionalOnBean(BrowserGuard.class)
class ReactiveBrowserGuardManagementContextConfiguration {

	@Bean
	BrowserGuardWebFilter telemetryBrowserGuardWebFilter(BrowserGuard guard) {
		return new BrowserGuardWebFilter(guard, Ordered.HIGHEST_PRECEDENCE + 50);
	}

}
