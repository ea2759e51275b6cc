package dev.telemetry.autoconfigure;

import java.nio.file.Path;

import dev.telemetry.TelemetryContext;
import dev.telemetry.actuate.BrowserGuard;
import dev.telemetry.actuate.BrowserGuardFilter;
import dev.telemetry.actuate.BrowserGuardWebFilter;
import dev.telemetry.actuate.TelemetryEndpoint;
import dev.telemetry.actuate.TelemetryEndpointJmxExtension;
import dev.telemetry.actuate.TelemetryEndpointWebExtension;
import dev.telemetry.actuate.TelemetryViews;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.sdk.TelemetrySdk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.WebFilter;
import org.springframework.web.servlet.DispatcherServlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class TelemetryEndpointAutoConfigurationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=telemetry";

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(EndpointAutoConfiguration.class,
			WebEndpointAutoConfiguration.class, ManagementContextAutoConfiguration.class,
			TelemetryAutoConfiguration.class, TelemetryEndpointAutoConfiguration.class);

	@TempDir
	Path home;

	private WebApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = new WebApplicationContextRunner()
			.withInitializer(
					(context) -> context.getEnvironment().setConversionService(new ApplicationConversionService()))
			.withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues(TestApplication.properties(this.home));
	}

	@Test
	void importsNameIt() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(TelemetryEndpointAutoConfiguration.class.getName());
	}

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
			.withPropertyValues(TestApplication.properties(this.home))
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(BrowserGuardWebFilter.class)
				.doesNotHaveBean(FilterRegistrationBean.class));
	}

	@Test
	void startNamesTheEndpointOnlyWhereItIsExposed(CapturedOutput output) {
		this.runner.run((context) -> assertThat(output)
			.contains("no decision has been made. Review with" + " --telemetry.command=notice"));
		this.runner.withPropertyValues(EXPOSED, "management.endpoints.web.base-path=/manage")
			.run((context) -> assertThat(output).contains("no decision has been made. Review at"
					+ " /manage/telemetry/notice, and decide with POST /manage/telemetry/enable or"
					+ " /manage/telemetry/disable"));
		this.runner.withBean(Console.class)
			.withPropertyValues("management.endpoints.web.exposure.include=telemetry,telemetryconsole",
					"management.endpoints.web.path-mapping.telemetryconsole=privacy")
			.run((context) -> assertThat(output)
				.contains("no decision has been made. Review and decide at /actuator/privacy"));
	}

	@Endpoint(id = "telemetryconsole")
	static class Console {

		@ReadOperation
		String page() {
			return "";
		}

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
			.withPropertyValues(TestApplication.properties(this.home))
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(TelemetryEndpoint.class)
				.doesNotHaveBean(TelemetryEndpointWebExtension.class));
	}

	@Test
	void endpointWhenNoContextIsNotThere() {
		runnerWithoutTelemetry().withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TelemetryEndpoint.class));
	}

	@Test
	void endpointWhenTheContextIsReplacedControlsConsentAllTheSame() {
		TelemetryContext replaced = mock(TelemetryContext.class);
		this.runner.withPropertyValues(EXPOSED).withBean(TelemetryContext.class, () -> replaced).run((context) -> {
			assertThat(context.getBean(TelemetryContext.class)).isSameAs(replaced);
			TelemetryEndpoint endpoint = context.getBean(TelemetryEndpoint.class);
			endpoint.enable("local", null);
			assertThat(context.getBean(TelemetrySdk.class).status().collecting()).isTrue();
			endpoint.disable();
			assertThat(context.getBean(TelemetrySdk.class).status().collecting()).isFalse();
		});
	}

	@Test
	void endpointWhenOnlyTheUsersContextIsThereIsNotThere() {
		runnerWithoutTelemetry().withPropertyValues(EXPOSED)
			.withBean(TelemetryContext.class, () -> mock(TelemetryContext.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TelemetryEndpoint.class));
	}

	@ParameterizedTest
	@ValueSource(
			classes = { ConditionalOnAvailableEndpoint.class, DispatcherServlet.class, WebFilter.class, Flux.class })
	void applicationWhenLibraryIsMissingStarts(Class<?> missing) {
		this.runner.withPropertyValues(EXPOSED).withClassLoader(new FilteredClassLoader(missing)).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(TelemetryContext.class);
			assertThat(context.getBeansOfType(TelemetryEndpoint.class))
				.hasSize((missing == ConditionalOnAvailableEndpoint.class) ? 0 : 1);
		});
	}

	@Test
	void allowedHostWhenWrongIsAProblemAndTheEndpointStays() {
		this.runner.withPropertyValues(EXPOSED, "telemetry.web.allowed-hosts=https://app.example.com/")
			.run((context) -> {
				assertThat(context).hasSingleBean(TelemetryEndpoint.class);
				assertThat(TestApplication.problems(context)).singleElement().satisfies((problem) -> {
					assertThat(problem.property()).isEqualTo("telemetry.web.allowed-hosts");
					assertThat(problem.action()).contains("app.example.com");
				});
			});
	}

	private static WebApplicationContextRunner runnerWithoutTelemetry() {
		return new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class,
					WebEndpointAutoConfiguration.class, TelemetryEndpointAutoConfiguration.class));
	}

	@Test
	void endpointWhenUserHasOneBacksOff() {
		this.runner.withPropertyValues(EXPOSED)
			.withUserConfiguration(OwnEndpoint.class)
			.run((context) -> assertThat(context).hasSingleBean(TelemetryEndpoint.class)
				.hasBean("ownEndpoint")
				.hasSingleBean(TelemetryEndpointWebExtension.class)
				.hasBean("ownWebExtension"));
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
	static class OwnEndpoint {

		@Bean
		TelemetryEndpoint ownEndpoint(TelemetrySdk sdk, TelemetryReset reset) {
			return new TelemetryEndpoint(sdk, reset);
		}

		@Bean
		TelemetryEndpointWebExtension ownWebExtension(TelemetryEndpoint endpoint, TelemetryViews views,
				BrowserGuard guard) {
			return new TelemetryEndpointWebExtension(endpoint, views, guard, () -> null);
		}

	}

}
