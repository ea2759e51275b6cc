package dev.telemetry.console;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.WebApplicationType.REACTIVE;
import static org.springframework.boot.WebApplicationType.SERVLET;

/**
 * The page finds its files and its endpoint wherever configuration puts them, and says
 * what keeps it from the endpoint.
 */
class ConsolePlacementTests {

	private static final String SEPARATE = "management.server.port=0";

	private static final String EXPOSURE = "management.endpoints.web.exposure.";

	@TempDir
	private Path home;

	static Stream<Arguments> places() {
		return Stream.of(place(SERVLET, "/actuator/telemetryconsole", "/actuator/telemetry", SEPARATE),
				place(REACTIVE, "/actuator/telemetryconsole", "/actuator/telemetry", SEPARATE),
				place(SERVLET, "/manage/actuator/telemetryconsole", "/manage/actuator/telemetry", SEPARATE,
						"management.server.base-path=/manage"),
				place(REACTIVE, "/manage/actuator/telemetryconsole", "/manage/actuator/telemetry", SEPARATE,
						"management.server.base-path=/manage"),
				place(SERVLET, "/telemetryconsole", "/telemetry", SEPARATE, "management.endpoints.web.base-path=/"),
				place(SERVLET, "/inside/look/here", "/inside/usage", "management.endpoints.web.base-path=/inside",
						"management.endpoints.web.path-mapping.telemetry=usage",
						"management.endpoints.web.path-mapping.telemetryconsole=look/here"),
				place(REACTIVE, "/inside/look/here", "/inside/usage", "management.endpoints.web.base-path=/inside",
						"management.endpoints.web.path-mapping.telemetry=usage",
						"management.endpoints.web.path-mapping.telemetryconsole=look/here"),
				place(SERVLET, "/app/api/actuator/telemetryconsole", "/app/api/actuator/telemetry",
						"server.servlet.context-path=/app", "spring.mvc.servlet.path=/api"),
				place(REACTIVE, "/app/actuator/telemetryconsole", "/app/actuator/telemetry",
						"spring.webflux.base-path=/app"));
	}

	private static Arguments place(WebApplicationType type, String console, String endpoint, String... properties) {
		return Arguments.of(type, console, endpoint, List.of(properties));
	}

	@ParameterizedTest
	@MethodSource("places")
	void pageFindsItsFilesAndItsEndpoint(WebApplicationType type, String console, String endpoint,
			List<String> properties) {
		try (ConsoleApplication application = start(type, properties.toArray(String[]::new))) {
			String base = "http://localhost:"
					+ (properties.contains(SEPARATE) ? application.managementPort() : application.port());
			HttpResponse<String> page = ConsoleApplication.get(base + console);
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.body()).contains("data-console=\"" + console + "\"")
				.contains("data-endpoint=\"" + endpoint + "\"")
				.contains("src=\"" + console + "/console.js\"");
			assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
			assertThat(ConsoleApplication.get(base + console + "/console.js").statusCode()).isEqualTo(200);
			assertThat(ConsoleApplication.get(base + endpoint).body()).contains("UNDECIDED");
			assertThat(ConsoleApplication.get(base + endpoint, "Accept", "text/html").body())
				.contains("href=\"" + console + "\"");
			assertThat(ConsoleApplication.get(base + console, "Host", "evil.example").statusCode()).isEqualTo(403);
		}
	}

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void pageBehindAProxyHasThePrefixOfTheProxy(WebApplicationType type) {
		try (ConsoleApplication application = start(type, "server.forward-headers-strategy=framework")) {
			String url = application.url() + "/actuator/telemetryconsole";
			assertThat(ConsoleApplication.get(url, "X-Forwarded-Prefix", "/desk").body())
				.contains("data-endpoint=\"/desk/actuator/telemetry\"");
			// Would be another host
			assertThat(ConsoleApplication.get(url, "X-Forwarded-Prefix", "//evil.example").body())
				.contains("data-endpoint=\"/actuator/telemetry\"");
		}
	}

	static Stream<Arguments> reaches() {
		return Stream
			.of(Arguments.of("", EXPOSURE + "include", List.of(EXPOSURE + "include=telemetryconsole")),
					Arguments.of("", EXPOSURE + "exclude",
							List.of(EXPOSURE + "include=*", EXPOSURE + "exclude=telemetry")),
					Arguments.of("/actuator/telemetry", "management.endpoint.telemetry.access",
							List.of("management.endpoint.telemetry.access=read-only")),
					Arguments.of("/actuator/telemetry", "management.endpoints.access.default",
							List.of("management.endpoints.access.default=read-only",
									"management.endpoint.telemetryconsole.access=unrestricted")),
					Arguments.of("/actuator/telemetry", "management.endpoints.access.max-permitted",
							List.of("management.endpoints.access.max-permitted=read-only")),
					Arguments.of("", "management.endpoint.telemetry.access",
							List.of("management.endpoint.telemetry.access=none")))
			.flatMap((row) -> Stream.of(SERVLET, REACTIVE)
				.map((type) -> Arguments.of(type, row.get()[0], row.get()[1], row.get()[2])));
	}

	@ParameterizedTest
	@MethodSource("reaches")
	void pageSaysWhatKeepsItFromTheEndpoint(WebApplicationType type, String endpoint, String property,
			List<String> properties) {
		try (ConsoleApplication application = start(type, properties.toArray(String[]::new))) {
			HttpResponse<String> page = ConsoleApplication.get(application.url() + "/actuator/telemetryconsole");
			assertThat(page.body()).contains("data-endpoint=\"" + endpoint + "\"")
				.contains("data-property=\"" + property + "\"");
			assertThat(page.headers().allValues("Cache-Control")).containsExactly("no-store");
		}
	}

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void consoleWhenNotExposedIsNotThere(WebApplicationType type) {
		try (ConsoleApplication application = start(type, EXPOSURE + "include=telemetry")) {
			assertThat(ConsoleApplication.get(application.url() + "/actuator/telemetryconsole").statusCode())
				.isEqualTo(404);
			assertThat(ConsoleApplication.get(application.url() + "/actuator/telemetry", "Accept", "text/html").body())
				.contains("The console is not exposed")
				.contains(EXPOSURE + "include")
				.doesNotContain("href=\"/");
		}
	}

	private ConsoleApplication start(WebApplicationType type, String... properties) {
		return ConsoleApplication.start(type, this.home, properties);
	}

}
