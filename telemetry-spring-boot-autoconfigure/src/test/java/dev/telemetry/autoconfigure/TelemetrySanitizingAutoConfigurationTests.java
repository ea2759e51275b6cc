package dev.telemetry.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TelemetrySanitizingAutoConfiguration} in a real application. */
class TelemetrySanitizingAutoConfigurationTests {

	private static final String[] SECRETS = { "--telemetry.headers.X-Team=s3cret-1",
			"--telemetry.http.bearer-token=s3cret-2", "--telemetry.endpoint=https://u:s3cret-3@collector.example.com",
			"--telemetry.posthog.api-key=s3cret-4", "--telemetry.headres=Authorization: s3cret-5",
			"--shop.token=shown-1", "--telemetry.metadata.team=shown-2" };

	private static final Map<String, Object> VARIABLES = Map.of("TELEMETRY_HEADERS", "Authorization: Bearer s3cret-6",
			"TELEMETRY_HEADERS_X_API_KEY", "s3cret-7", "telemetry_datadog_api_key", "s3cret-8",
			"SPRING_APPLICATION_JSON", "{\"telemetry\":{\"segment\":{\"write-key\":\"s3cret-9\"}}}", "SHOP", "shown-3");

	@ParameterizedTest
	@ValueSource(strings = { "env", "configprops", "env/telemetry.headers.X-Team", "env/TELEMETRY_HEADERS" })
	void endpointWhenValuesAreAlwaysShownHidesOurs(String path) {
		try (ConfigurableApplicationContext context = start("always")) {
			String body = get(context, path);
			assertThat(body).doesNotContain("s3cret").contains("******");
			if (path.equals("env")) {
				assertThat(body).as("the positive control").contains("shown-1", "shown-2", "shown-3");
			}
		}
	}

	@Test
	void endpointWhenValuesAreNeverShownHidesEverything() {
		try (ConfigurableApplicationContext context = start("never")) {
			assertThat(get(context, "env")).doesNotContain("s3cret", "shown-");
		}
	}

	@Test
	void functionWhenActuatorIsMissingIsNotThere() {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TelemetrySanitizingAutoConfiguration.class));
		runner.run((context) -> assertThat(context).hasSingleBean(SanitizingFunction.class));
		runner.withClassLoader(new FilteredClassLoader(SanitizingFunction.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("telemetrySanitizingFunction"));
	}

	private static ConfigurableApplicationContext start(String show) {
		return new SpringApplicationBuilder(Shop.class).web(WebApplicationType.SERVLET)
			.initializers((context) -> variables(context.getEnvironment()))
			.properties("server.port=0", "spring.main.banner-mode=off", "logging.level.org=warn",
					"management.endpoints.web.exposure.include=*", "management.endpoint.env.show-values=" + show,
					"management.endpoint.configprops.show-values=" + show, "telemetry.enabled=false")
			.run(SECRETS);
	}

	private static void variables(ConfigurableEnvironment environment) {
		environment.getPropertySources()
			.addLast(new SystemEnvironmentPropertySource("test-systemEnvironment", VARIABLES));
	}

	private static String get(ConfigurableApplicationContext context, String path) {
		int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		return String.valueOf(RestClient.create("http://localhost:" + port)
			.get()
			.uri("/actuator/" + path)
			.retrieve()
			.body(String.class));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@EnableConfigurationProperties(OwnView.class)
	static class Shop {

	}

	/** An application may bind our properties for itself. */
	@ConfigurationProperties("telemetry")
	record OwnView(Map<String, String> headers, Map<String, String> posthog) {

	}

}
