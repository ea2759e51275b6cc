package dev.telemetry.actuate;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.telemetry.consent.gate.ConsentState;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.WebApplicationType.REACTIVE;
import static org.springframework.boot.WebApplicationType.SERVLET;

/**
 * The guard stands in front of the endpoint wherever configuration puts it, on real
 * servers. Each refusal has its positive control: the same call by a program passes, so
 * the endpoint is there.
 */
class BrowserGuardPlacementTests {

	private static final String SEPARATE = "management.server.port=0";

	@TempDir
	private Path directory;

	static Stream<Arguments> places() {
		return Stream.of(place(SERVLET, "/actuator/telemetry", SEPARATE),
				place(REACTIVE, "/actuator/telemetry", SEPARATE),
				place(SERVLET, "/actuator/telemetry", SEPARATE, "spring.mvc.servlet.path=/api"),
				place(SERVLET, "/actuator/telemetry", SEPARATE, "server.servlet.context-path=/app"),
				place(SERVLET, "/manage/actuator/telemetry", SEPARATE, "management.server.base-path=/manage"),
				place(REACTIVE, "/manage/actuator/telemetry", SEPARATE, "management.server.base-path=/manage"),
				place(SERVLET, "/telemetry", SEPARATE, "management.endpoints.web.base-path=/"),
				place(REACTIVE, "/telemetry", SEPARATE, "management.endpoints.web.base-path=/"),
				place(SERVLET, "/inside/usage/data", "management.endpoints.web.base-path=/inside",
						"management.endpoints.web.path-mapping.telemetry=usage/data"),
				place(REACTIVE, "/inside/usage/data", "management.endpoints.web.base-path=/inside",
						"management.endpoints.web.path-mapping.telemetry=usage/data"),
				place(SERVLET, "/app/actuator/telemetry", "server.servlet.context-path=/app"),
				place(SERVLET, "/api/actuator/telemetry", "spring.mvc.servlet.path=/api"),
				place(SERVLET, "/app/api/actuator/telemetry", "server.servlet.context-path=/app",
						"spring.mvc.servlet.path=/api"),
				place(REACTIVE, "/app/actuator/telemetry", "spring.webflux.base-path=/app"));
	}

	private static Arguments place(WebApplicationType type, String path, String... properties) {
		return Arguments.of(type, path, List.of(properties));
	}

	@ParameterizedTest
	@MethodSource("places")
	void guardHoldsWherever(WebApplicationType type, String path, List<String> properties) {
		try (EndpointApplication application = EndpointApplication.start(type, this.directory.resolve("log"),
				properties.toArray(String[]::new))) {
			int port = properties.contains(SEPARATE) ? application.managementPort() : application.port();
			assertThat(post(port, path + "/enable").header("Origin", "http://evil.example").send().status())
				.isEqualTo(403);
			assertThat(post(port, path + "/enable").body("text/plain", "x").send().status()).isEqualTo(415);
			assertThat(application.gate().state()).isEqualTo(ConsentState.UNDECIDED);
			assertThat(post(port, path + "/enable").send().status()).isEqualTo(200);
			assertThat(application.gate().state()).isEqualTo(ConsentState.GRANTED);
			assertThat(get(port, path).host("evil.example").send().body()).contains("GRANTED")
				.doesNotContain("machineId");
			assertThat(get(port, path).send().body()).contains("machineId");
			assertThat(get(port, path + "/events").host("evil.example").send().status()).isEqualTo(403);
			assertThat(get(port, path + "/events").send().status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@MethodSource("stacks")
	void guardWhenForwardedHeadersAreHonouredJudgesTheForwardedHost(WebApplicationType type, String strategy) {
		try (EndpointApplication application = EndpointApplication.start(type, this.directory.resolve("log"),
				"server.forward-headers-strategy=" + strategy,
				"telemetry.web.allowed-hosts=app.example.com,backend.internal")) {
			assertThat(forwarded(application, "app.example.com").send().status()).isEqualTo(200);
			assertThat(forwarded(application, "other.example.com").send().status()).isEqualTo(403);
			assertThat(forwarded(application, "app.example.com").host("other.internal").send().status()).isEqualTo(403);
			assertThat(post(application.port(), "/actuator/telemetry/enable").host("app.example.com")
				.header("Origin", "https://app.example.com")
				.header("X-Forwarded-Host", "evil.example")
				.send()
				.status()).isEqualTo(403);
		}
	}

	/** The page came by a name that was rebound to this machine, and says another. */
	@ParameterizedTest
	@MethodSource("stacks")
	void guardWhenReboundPageForwardsAnotherHostShowsNothing(WebApplicationType type, String strategy) {
		for (String place : List.of("", SEPARATE)) {
			try (EndpointApplication application = EndpointApplication.start(type, this.directory.resolve("log"),
					"server.forward-headers-strategy=" + strategy, place.isEmpty() ? "test.place=same" : place)) {
				int port = place.isEmpty() ? application.port() : application.managementPort();
				application.gate().grant();
				for (List<String> headers : REBOUND) {
					for (String view : List.of("/events", "/export", "/notice?view=events")) {
						assertThat(rebound(get(port, "/actuator/telemetry" + view), headers).send().status())
							.as("%s %s", view, headers)
							.isEqualTo(403);
					}
					assertThat(rebound(get(port, "/actuator/telemetry"), headers).send().body()).as("%s", headers)
						.contains("GRANTED")
						.doesNotContain("machineId");
					assertThat(rebound(post(port, "/actuator/telemetry/disable"), headers)
						.header("Sec-Fetch-Site", "same-origin")
						.send()
						.status()).isEqualTo(403);
				}
				assertThat(application.gate().state()).isEqualTo(ConsentState.GRANTED);
				assertThat(get(port, "/actuator/telemetry").header("X-Forwarded-Host", "127.0.0.1").send().body())
					.as("the positive control")
					.contains("machineId");
			}
		}
	}

	private static final List<List<String>> REBOUND = List.of(List.of(), List.of("X-Forwarded-Host: localhost"),
			List.of("X-Forwarded-Host: localhost:8080", "X-Forwarded-Proto: https", "X-Forwarded-Port: 443"),
			List.of("X-Forwarded-Host: localhost, localhost"), List.of("Forwarded: host=localhost"),
			List.of("Forwarded: for=127.0.0.1;host=localhost;proto=http"), List.of("X-Original-Host: localhost"),
			List.of("X-Host: localhost"), List.of("X-Forwarded-Server: localhost"),
			List.of("X-Forwarded-Host: localhost", "X-Forwarded-Prefix: /app"),
			List.of("X-Forwarded-Host: localhost", "X-Forwarded-Prefix: /actuator/.."),
			List.of("X-Forwarded-For: 127.0.0.1", "X-Forwarded-Host: 127.0.0.1"));

	private static RawHttp rebound(RawHttp request, List<String> headers) {
		RawHttp rebound = request.host("evil.example");
		headers.forEach((header) -> rebound.header(header.substring(0, header.indexOf(':')),
				header.substring(header.indexOf(':') + 2)));
		return rebound;
	}

	@ParameterizedTest
	@MethodSource("types")
	void guardWhenRequestNamesTwoHostsShowsNothing(WebApplicationType type) {
		try (EndpointApplication application = EndpointApplication.start(type, this.directory.resolve("log"))) {
			application.gate().grant();
			int port = application.port();
			for (String host : List.of("localhost, evil.example", "localhost\r\nHost: evil.example",
					"evil.example, localhost", "evil.example\r\nHost: localhost", "localhost@evil.example",
					"evil.example:80@localhost")) {
				assertThat(get(port, "/actuator/telemetry").host(host).send().body()).as(host)
					.doesNotContain("machineId");
			}
			String absolute = "http://localhost:" + port + "/actuator/telemetry";
			assertThat(get(port, absolute).host("evil.example").send().body()).as("absolute form")
				.doesNotContain("machineId");
		}
	}

	static Stream<Arguments> stacks() {
		return Stream.of(Arguments.of(SERVLET, "framework"), Arguments.of(REACTIVE, "framework"),
				Arguments.of(SERVLET, "native"), Arguments.of(REACTIVE, "native"));
	}

	private static RawHttp forwarded(EndpointApplication application, String host) {
		return post(application.port(), "/actuator/telemetry/enable").host("backend.internal:8080")
			.header("X-Forwarded-For", "192.0.2.1")
			.header("X-Forwarded-Host", host)
			.header("X-Forwarded-Proto", "https")
			.header("X-Forwarded-Port", "443")
			.header("Origin", "https://" + host);
	}

	@ParameterizedTest
	@MethodSource("types")
	void guardWhenNameInFrontOfProxyWithoutForwardedHeadersTakesDefaultPortsAsOne(WebApplicationType type) {
		try (EndpointApplication application = EndpointApplication.start(type, this.directory.resolve("log"),
				"telemetry.web.allowed-hosts=app.example.com")) {
			assertThat(post(application.port(), "/actuator/telemetry/enable").host("app.example.com")
				.header("Origin", "https://app.example.com")
				.send()
				.status()).isEqualTo(200);
			assertThat(post(application.port(), "/actuator/telemetry/enable").host("app.example.com")
				.header("Origin", "https://app.example.com:8443")
				.send()
				.status()).isEqualTo(403);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void endpointWhenReadOnlyTakesNoWrites(WebApplicationType type) {
		try (EndpointApplication application = EndpointApplication.start(type, this.directory.resolve("log"),
				"management.endpoint.telemetry.access=read-only")) {
			assertThat(get(application.port(), "/actuator/telemetry").send().status()).isEqualTo(200);
			assertThat(post(application.port(), "/actuator/telemetry/enable").send().status()).isIn(404, 405);
			assertThat(application.gate().writes).isZero();
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void endpointWhenNotExposedIsNotThere(WebApplicationType type) {
		try (EndpointApplication application = EndpointApplication.start(type, this.directory.resolve("log"),
				"management.endpoints.web.exposure.include=health")) {
			assertThat(get(application.port(), "/actuator/telemetry").send().status()).isEqualTo(404);
			assertThat(get(application.port(), "/actuator/health").send().status()).isEqualTo(200);
		}
	}

	static Stream<WebApplicationType> types() {
		return Stream.of(SERVLET, REACTIVE);
	}

	private static RawHttp get(int port, String path) {
		return RawHttp.request(port, "GET", path);
	}

	private static RawHttp post(int port, String path) {
		return RawHttp.request(port, "POST", path);
	}

}
