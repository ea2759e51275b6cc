package dev.telemetry.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.ToolProvider;

import dev.telemetry.consent.gate.ConsentState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps {@code docs/security.md} true: each filter chain in it is compiled, and asked by
 * a client as any other, without tokens made for tests.
 */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class SecurityDocumentTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "security.md");

	private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.+?)```");

	private static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)");

	private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private static final Pattern TOKEN = Pattern.compile("\"(name|value)\":\"([^\"]+)\"");

	private static final String ENABLE = "/actuator/telemetry/enable";

	private static final String HINT = "Telemetry-Refused";

	private static final String OPERATOR = "spring.security.user.roles=OPERATOR";

	private static final String BASIC = "Basic "
			+ Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));

	@TempDir
	private Path home;

	private URLClassLoader classes;

	@BeforeAll
	void compile(@TempDir Path directory) throws IOException {
		List<String> command = new ArrayList<>(
				List.of("-d", directory.toString(), "-proc:none", "-cp", System.getProperty("java.class.path")));
		TreeSet<String> names = new TreeSet<>();
		for (String example : JAVA.matcher(Files.readString(DOCUMENT))
			.results()
			.map((MatchResult match) -> match.group(1))
			.toList()) {
			Matcher name = CLASS.matcher(example);
			assertThat(name.find()).as(example).isTrue();
			names.add(name.group(1));
			command.add(Files.writeString(directory.resolve(name.group(1) + ".java"), example).toString());
		}
		assertThat(names).as("each class of the document has a test here")
			.containsExactly("BasicSecurity", "CookieSecurity", "FormSecurity", "ReactiveSecurity",
					"SinglePageSecurity");
		ByteArrayOutputStream messages = new ByteArrayOutputStream();
		int result = ToolProvider.getSystemJavaCompiler().run(null, messages, messages, command.toArray(String[]::new));
		assertThat(result).as(messages::toString).isZero();
		this.classes = new URLClassLoader(new URL[] { directory.toUri().toURL() }, getClass().getClassLoader());
	}

	@AfterAll
	void close() throws IOException {
		this.classes.close();
	}

	@Test
	void defaultChainRefusesAWriteAndTheAnswerSaysWhy(CapturedOutput output) throws Exception {
		try (ConsoleApplication application = start(WebApplicationType.SERVLET, null,
				"logging.level.dev.telemetry=info")) {
			Client client = new Client(application.url());
			HttpResponse<String> refused = client.post(ENABLE, "Authorization", BASIC);
			// With the right password: what confuses
			assertThat(refused.statusCode()).isEqualTo(401);
			assertThat(refused.body()).doesNotContainIgnoringCase("csrf");
			assertThat(refused.headers().firstValue(HINT))
				.hasValueSatisfying((hint) -> assertThat(hint).startsWith("csrf-token-missing").contains("CSRF token"));
			assertUndecided(application);
			client.post(ENABLE, "Authorization", BASIC);
			assertThat(output.getOut().split("It has no CSRF token", -1)).as("said once").hasSize(2);
			HttpResponse<String> wrong = client.get("/actuator/telemetry", "Authorization", "Basic d3Jvbmc6d3Jvbmc=");
			assertThat(wrong.statusCode()).isEqualTo(401);
			assertThat(wrong.headers().firstValue(HINT)).as("another cause").isEmpty();
			assertThat(client.post("/no-such-path", "Authorization", BASIC).headers().firstValue(HINT))
				.as("another path")
				.isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "test.place=same", "management.server.port=0" })
	void basicAuthentication(String place) throws Exception {
		try (ConsoleApplication application = start(WebApplicationType.SERVLET, "BasicSecurity", OPERATOR, place)) {
			assertBasic(application, base(application, place));
			HttpResponse<String> elsewhere = new Client(application.url()).post("/orders", "Authorization", BASIC);
			assertThat(elsewhere.statusCode()).as("the rest of the application is still protected").isNotEqualTo(200);
			if (!place.startsWith("test")) {
				assertThat(
						new Client(application.url()).get("/actuator/telemetry", "Authorization", BASIC).statusCode())
					.as("not on the port of the application")
					.isNotEqualTo(200);
			}
		}
	}

	@Test
	void basicAuthenticationNeedsTheRole() throws Exception {
		try (ConsoleApplication application = start(WebApplicationType.SERVLET, "BasicSecurity")) {
			Client client = new Client(application.url());
			assertThat(client.get("/actuator/telemetry", "Authorization", BASIC).statusCode()).isEqualTo(403);
			HttpResponse<String> refused = client.post(ENABLE, "Authorization", BASIC);
			assertThat(refused.statusCode()).isEqualTo(403);
			assertThat(refused.headers().firstValue(HINT)).as("another cause").isEmpty();
			assertUndecided(application);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "test.place=same", "management.server.port=0" })
	void webFlux(String place) throws Exception {
		try (ConsoleApplication application = start(WebApplicationType.REACTIVE, "ReactiveSecurity", OPERATOR, place)) {
			assertBasic(application, base(application, place));
		}
	}

	@Test
	void defaultChainOfWebFluxRefusesAWriteAndTheAnswerSaysWhy() throws Exception {
		try (ConsoleApplication application = start(WebApplicationType.REACTIVE, null)) {
			HttpResponse<String> refused = new Client(application.url()).post(ENABLE, "Authorization", BASIC);
			assertThat(refused.statusCode()).isEqualTo(403);
			assertThat(refused.body()).doesNotContainIgnoringCase("csrf");
			assertThat(refused.headers().firstValue(HINT))
				.hasValueSatisfying((hint) -> assertThat(hint).startsWith("csrf-token-missing").contains("CSRF token"));
			assertUndecided(application);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "FormSecurity", "CookieSecurity" })
	void formLoginWithTheTokenOfThePage(String chain) throws Exception {
		try (ConsoleApplication application = start(WebApplicationType.SERVLET, chain, OPERATOR)) {
			Client client = signedIn(application);
			HttpResponse<String> refused = client.post(ENABLE);
			assertThat(refused.statusCode()).isEqualTo(403);
			assertThat(refused.headers().firstValue(HINT)).isPresent();
			assertUndecided(application);
			String token = client.get("/actuator/telemetryconsole/token").body();
			assertThat(client.post(ENABLE, field(token, "name"), field(token, "value") + "x").statusCode())
				.as("a wrong token")
				.isEqualTo(403);
			HttpResponse<String> done = client.post(ENABLE, field(token, "name"), field(token, "value"));
			assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
			assertGranted(application);
		}
	}

	@Test
	void singlePageWithTheValueOfTheCookie() throws Exception {
		try (ConsoleApplication application = start(WebApplicationType.SERVLET, "SinglePageSecurity", OPERATOR)) {
			Client client = signedIn(application);
			assertThat(client.post(ENABLE).statusCode()).isEqualTo(403);
			assertUndecided(application);
			client.get("/actuator/telemetryconsole/token");
			HttpResponse<String> done = client.post(ENABLE, "X-XSRF-TOKEN", client.cookie("XSRF-TOKEN"));
			assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
			assertGranted(application);
		}
	}

	@Test
	void readOnlyEndpointTakesNoCommand() throws Exception {
		try (ConsoleApplication application = start(WebApplicationType.SERVLET, "BasicSecurity", OPERATOR,
				"management.endpoint.telemetry.access=read-only")) {
			Client client = new Client(application.url());
			assertThat(client.get("/actuator/telemetry", "Authorization", BASIC).statusCode()).isEqualTo(200);
			assertThat(client.post(ENABLE, "Authorization", BASIC).statusCode()).isIn(404, 405);
			assertUndecided(application);
		}
	}

	private static void assertBasic(ConsoleApplication application, String base) throws Exception {
		Client client = new Client(base);
		assertThat(client.post(ENABLE).statusCode()).as("without credentials").isEqualTo(401);
		assertThat(client.get("/actuator/telemetry").statusCode()).as("without credentials").isEqualTo(401);
		HttpResponse<String> foreign = client.post(ENABLE, "Authorization", BASIC, "Origin", "https://evil.example");
		assertThat(foreign.statusCode()).as("a page of another origin, with the password of its visitor")
			.isEqualTo(403);
		assertUndecided(application);
		HttpResponse<String> done = client.post(ENABLE, "Authorization", BASIC);
		assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
		assertGranted(application);
	}

	private static Client signedIn(ConsoleApplication application) throws Exception {
		Client client = new Client(application.url());
		Matcher token = FORM_TOKEN.matcher(client.get("/login").body());
		assertThat(token.find()).as("the form of Spring Security").isTrue();
		HttpResponse<String> answer = client.submit("/login",
				"username=user&password=secret&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8));
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(client.get("/actuator/telemetry").statusCode()).as("signed in").isEqualTo(200);
		return client;
	}

	private static String field(String json, String name) {
		return TOKEN.matcher(json)
			.results()
			.filter((found) -> found.group(1).equals(name))
			.map((found) -> found.group(2))
			.findFirst()
			.orElseThrow();
	}

	private ConsoleApplication start(WebApplicationType type, @Nullable String chain, String... properties)
			throws ClassNotFoundException {
		return ConsoleApplication.startSecured(type, this.home, (chain != null) ? this.classes.loadClass(chain) : null,
				properties);
	}

	private static String base(ConsoleApplication application, String place) {
		return "http://localhost:" + (place.startsWith("test") ? application.port() : application.managementPort());
	}

	private static void assertUndecided(ConsoleApplication application) {
		assertThat(application.sdk().gate().decision().state()).isEqualTo(ConsentState.UNDECIDED);
	}

	private static void assertGranted(ConsoleApplication application) {
		assertThat(application.sdk().gate().decision().state()).isEqualTo(ConsentState.GRANTED);
	}

	/** A client with cookies that follows no redirect. */
	private static final class Client {

		private final CookieManager cookies = new CookieManager();

		private final HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(Duration.ofSeconds(10))
			.cookieHandler(this.cookies)
			.build();

		private final String base;

		Client(String base) {
			this.base = base;
		}

		HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
			return send(request(path, headers).GET());
		}

		HttpResponse<String> post(String path, String... headers) throws IOException, InterruptedException {
			return send(request(path, headers).header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString("{\"scope\":\"LOCAL\"}")));
		}

		HttpResponse<String> submit(String path, String form) throws IOException, InterruptedException {
			return send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
				.POST(BodyPublishers.ofString(form)));
		}

		String cookie(String name) {
			return this.cookies.getCookieStore()
				.getCookies()
				.stream()
				.filter((cookie) -> cookie.getName().equals(name))
				.map(HttpCookie::getValue)
				.findFirst()
				.orElseThrow();
		}

		private HttpRequest.Builder request(String path, String... headers) {
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
				.timeout(Duration.ofSeconds(30));
			return (headers.length > 0) ? request.headers(headers) : request;
		}

		private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
			return this.client.send(request.build(), BodyHandlers.ofString());
		}

	}

}
