package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.util.List;

import dev.telemetry.TelemetryContext;
import dev.telemetry.actuate.BrowserGuard;
import dev.telemetry.actuate.BrowserGuardFilter;
import dev.telemetry.actuate.BrowserGuardWebFilter;
import dev.telemetry.actuate.TelemetryEndpoint;
import dev.telemetry.actuate.TelemetryEndpointJmxExtension;
import dev.telemetry.actuate.TelemetryEndpointWebExtension;
import dev.telemetry.deletion.SentIds;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.insight.LocalLogReader;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class TelemetryEndpointAutoConfigurationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=telemetry";

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(EndpointAutoConfiguration.class,
			WebEndpointAutoConfiguration.class, ManagementContextAutoConfiguration.class,
			TelemetryEndpointAutoConfiguration.class);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withInitializer((context) -> context.getEnvironment().setConversionService(new ApplicationConversionService()))
		.withConfiguration(AUTO_CONFIGURATIONS)
		.withUserConfiguration(Beans.class);

	@Test
	void endpointWhenExposedIsRegisteredWithItsGuard() {
		this.runner.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(TelemetryEndpoint.class)
				.hasSingleBean(TelemetryEndpointWebExtension.class)
				.hasSingleBean(BrowserGuard.class)
				.hasSingleBean(FilterRegistrationBean.class)
				.doesNotHaveBean(BrowserGuardWebFilter.class)
				.doesNotHaveBean(TelemetryEndpointJmxExtension.class));
	}

	@Test
	void guardWhenReactiveIsAWebFilter() {
		new ReactiveWebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withUserConfiguration(Beans.class)
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(BrowserGuardWebFilter.class)
				.doesNotHaveBean(FilterRegistrationBean.class));
	}

	@Test
	void endpointByDefaultIsNotExposed() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(TelemetryEndpoint.class)
			.doesNotHaveBean(BrowserGuard.class)
			.doesNotHaveBean(FilterRegistrationBean.class));
	}

	@Test
	void endpointWhenAccessIsNoneIsNotThere() {
		this.runner.withPropertyValues(EXPOSED, "management.endpoint.telemetry.access=none")
			.run((context) -> assertThat(context).doesNotHaveBean(TelemetryEndpoint.class)
				.doesNotHaveBean(BrowserGuard.class));
	}

	@Test
	void endpointWhenExposedOverJmxOnlyHasNoWebExtension() {
		this.runner
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=telemetry",
					"management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).hasSingleBean(TelemetryEndpointJmxExtension.class)
				.doesNotHaveBean(TelemetryEndpointWebExtension.class)
				.doesNotHaveBean(BrowserGuard.class));
	}

	@Test
	void endpointWhenNoWebServerHasNoGuard() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withUserConfiguration(Beans.class)
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(TelemetryEndpoint.class)
				.doesNotHaveBean(TelemetryEndpointWebExtension.class));
	}

	@Test
	void endpointWhenNoContextIsNotThere() {
		new WebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TelemetryEndpoint.class));
	}

	@Test
	void endpointWhenActuatorIsMissingIsNotThere() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TelemetryEndpointAutoConfiguration.class))
			.withUserConfiguration(Beans.class)
			.withPropertyValues(EXPOSED)
			.withClassLoader(new FilteredClassLoader(ConditionalOnAvailableEndpoint.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(TelemetryEndpointAutoConfiguration.class));
	}

	@Test
	void endpointWhenUserHasOneBacksOff() {
		this.runner.withPropertyValues(EXPOSED)
			.withUserConfiguration(OwnEndpoint.class)
			.run((context) -> assertThat(context).hasSingleBean(TelemetryEndpoint.class).hasBean("ownEndpoint"));
	}

	@Test
	void guardRunsBehindForwardedHeadersAndBeforeBodies() {
		this.runner.withPropertyValues(EXPOSED).run((context) -> {
			FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
			assertThat(registration.getFilter()).isInstanceOf(BrowserGuardFilter.class);
			assertThat(registration.getOrder()).isGreaterThan(Integer.MIN_VALUE).isLessThan(-10_000);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		TelemetryContext telemetryContext() {
			return mock(TelemetryContext.class);
		}

		@Bean
		TelemetryReset telemetryReset() {
			return new TelemetryReset("demo-app", (channel) -> {
				throw new IllegalStateException();
			}, mock(SentIds.class), List.of());
		}

		@Bean
		LocalLogReader localLogReader() {
			return new LocalLogReader(Path.of("telemetry.log"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEndpoint {

		@Bean
		TelemetryEndpoint ownEndpoint(TelemetryContext context, TelemetryReset reset, LocalLogReader log) {
			return new TelemetryEndpoint(context, reset, log);
		}

	}

}
