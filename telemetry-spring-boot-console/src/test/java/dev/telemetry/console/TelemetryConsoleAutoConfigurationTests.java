package dev.telemetry.console;

import dev.telemetry.actuate.BrowserGuard;
import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.autoconfigure.TelemetryEndpointAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class TelemetryConsoleAutoConfigurationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=telemetryconsole";

	@Test
	void consoleWhenExposedHasTheGuard() {
		prepare(new WebApplicationContextRunner()).withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(TelemetryConsoleEndpoint.class)
				.hasSingleBean(BrowserGuard.class)
				.doesNotHaveBean(ReactiveTelemetryConsoleWebExtension.class));
		prepare(new ReactiveWebApplicationContextRunner()).withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(TelemetryConsoleEndpoint.class)
				.hasSingleBean(BrowserGuard.class)
				.hasSingleBean(ReactiveTelemetryConsoleWebExtension.class));
	}

	@Test
	void consoleAndEndpointShareOneGuard() {
		prepare(new WebApplicationContextRunner())
			.withPropertyValues("management.endpoints.web.exposure.include=telemetry,telemetryconsole")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(BrowserGuard.class));
	}

	@Test
	void consoleWhenNotExposedIsNotThere() {
		prepare(new WebApplicationContextRunner()).run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(TelemetryConsoleEndpoint.class)
			.doesNotHaveBean(BrowserGuard.class));
	}

	@Test
	void consoleWithoutAWebServerIsNotThere() {
		prepare(new ApplicationContextRunner()).withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TelemetryConsoleEndpoint.class));
	}

	@Test
	void consoleWithoutOptionalLibrariesStarts() {
		prepare(new WebApplicationContextRunner()).withPropertyValues(EXPOSED)
			.withClassLoader(new FilteredClassLoader("org.springframework.security", "reactor"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(TelemetryConsoleEndpoint.class));
		prepare(new ReactiveWebApplicationContextRunner()).withPropertyValues(EXPOSED)
			.withClassLoader(new FilteredClassLoader("org.springframework.security", "jakarta.servlet"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(TelemetryConsoleEndpoint.class));
	}

	private static <T extends AbstractApplicationContextRunner<T, ?, ?>> T prepare(T runner) {
		return runner
			.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class,
					WebEndpointAutoConfiguration.class, TelemetryAutoConfiguration.class,
					TelemetryEndpointAutoConfiguration.class, TelemetryConsoleAutoConfiguration.class))
			.withPropertyValues("telemetry.home=target/no-such-home");
	}

}
