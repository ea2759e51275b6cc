package dev.telemetry.autoconfigure;

import dev.telemetry.actuate.BrowserGuard;
import dev.telemetry.actuate.BrowserGuardFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Puts the browser guard in front of the servlets that serve the endpoints, on the port
 * of the application or on a management port of its own.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ Filter.class, FilterRegistrationBean.class })
@ConditionalOnBean(BrowserGuard.class)
class ServletBrowserGuardManagementContextConfiguration {

	/**
	 * Behind Spring's filter for forwarded headers, which is first of all, and before
	 * whatever reads a body.
	 */
	static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 50;

	@Bean
	FilterRegistrationBean<BrowserGuardFilter> telemetryBrowserGuardFilter(BrowserGuard guard) {
		FilterRegistrationBean<BrowserGuardFilter> registration = new FilterRegistrationBean<>(
				new BrowserGuardFilter(guard));
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.FORWARD);
		registration.setOrder(ORDER);
		return registration;
	}

}
