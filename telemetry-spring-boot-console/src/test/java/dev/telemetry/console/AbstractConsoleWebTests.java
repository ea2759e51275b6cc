package dev.telemetry.console;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page and its files on a real server, the same on every web stack.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class AbstractConsoleWebTests {

	static final Map<String, String> HEADERS = Map.of("Content-Security-Policy",
			"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
					+ "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
					+ "require-trusted-types-for 'script'",
			"X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "Cache-Control", "no-store");

	private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"(/[^\"]*)\"");

	private static final Pattern IMPORT = Pattern.compile("(?:from|import\\()\\s*'\\./([^']+)'");

	private final WebApplicationType type;

	private ConsoleApplication application;

	AbstractConsoleWebTests(WebApplicationType type) {
		this.type = type;
	}

	@BeforeAll
	void start(@TempDir Path home) {
		this.application = ConsoleApplication.start(this.type, home, "telemetry.web.allowed-hosts=app.example.com");
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@Test
	void pageIsHtmlWithTheAddressesOfBothEndpoints() {
		HttpResponse<String> page = get("");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
		assertThat(page.body()).contains("data-console=\"/actuator/telemetryconsole\"")
			.contains("data-endpoint=\"/actuator/telemetry\"")
			.contains("data-property=\"\"")
			.doesNotContain("@");
		assertHeaders(page);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console.js", "/pico.css", "/token", "/no-such-file" })
	void fileHasTheHeadersOfThePage(String file) {
		assertHeaders(get(file));
	}

	@Test
	void everythingThatThePageAsksForIsThere() {
		List<String> addresses = ADDRESS.matcher(get("").body()).results().map((found) -> found.group(1)).toList();
		assertThat(addresses).hasSize(5);
		for (String address : addresses) {
			HttpResponse<String> file = ConsoleApplication.get(this.application.url() + address);
			assertThat(file.statusCode()).as(address).isEqualTo(200);
			assertThat(file.headers().firstValue("Content-Type")).as(address)
				.contains(address.endsWith(".js") ? "text/javascript;charset=UTF-8" : "text/css;charset=UTF-8");
			IMPORT.matcher(file.body()).results().map(MatchResult::group).forEach((imported) -> {
				String module = imported.substring(imported.indexOf("./") + 1, imported.length() - 1);
				assertThat(get(module).statusCode()).as(module).isEqualTo(200);
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console.html", "/vendor/pico.css", "/vendor%2Fpico.css", "/ConsolePage.class",
			"/..%2Fconsole.js", "/%2e%2e/console.js", "/CONSOLE.JS", "/" })
	void fileThatIsNotOnTheListIsNotThere(String file) {
		assertThat(get(file).statusCode()).isIn(400, 404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "text/css,*/*;q=0.1 | /pico.css", "*/* | /console.js", "application/json | /token" })
	void fileIsGivenForWhatABrowserAccepts(String accept, String file) {
		assertThat(get(file, "Accept", accept).statusCode()).isEqualTo(200);
	}

	@Test
	void tokenWithoutSpringSecurityIsNone() {
		assertThat(get("/token").body()).isEqualTo("{}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/console.js", "/token" })
	void consoleWhenHostReboundIsRefused(String file) {
		HttpResponse<String> refused = get(file, "Host", "evil.example");
		assertThat(refused.statusCode()).isEqualTo(403);
		assertThat(refused.body()).contains("telemetry.web.allowed-hosts");
		assertHeaders(refused);
		assertThat(get(file, "Host", "app.example.com").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "DELETE", "PUT" })
	void consoleTakesNoWrites(String method) {
		assertThat(ConsoleApplication.send(method, this.application.url() + "/actuator/telemetryconsole").statusCode())
			.isEqualTo(405);
	}

	@ParameterizedTest
	@ValueSource(strings = { "?prefix=//evil.example", "?prefix=/x&prefix=/y", "?voucher=1&prefix=%22%3E%3Cscript%3E" })
	void pageTakesNoPrefixFromItsCaller(String query) {
		assertThat(get(query).body()).contains("data-endpoint=\"/actuator/telemetry\"");
		assertThat(ConsoleApplication
			.get(this.application.url() + "/actuator/telemetry" + query, "Accept", "text/html", "Host", "evil.example")
			.body()).contains("href=\"/actuator/telemetryconsole\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "text/html", "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8" })
	void endpointLeadsABrowserToTheConsole(String accept) {
		HttpResponse<String> page = ConsoleApplication.get(this.application.url() + "/actuator/telemetry", "Accept",
				accept);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
		assertThat(page.body()).contains("<a href=\"/actuator/telemetryconsole\">");
		assertHeaders(page);
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/json", "application/vnd.spring-boot.actuator.v3+json",
			"application/json,*/*" })
	void endpointAnswersProgramsInJson(String accept) {
		HttpResponse<String> status = ConsoleApplication.get(this.application.url() + "/actuator/telemetry", "Accept",
				accept);
		assertThat(status.statusCode()).isEqualTo(200);
		assertThat(status.body()).startsWith("{\"tool\":\"order-desk\"");
	}

	private HttpResponse<String> get(String file, String... headers) {
		return ConsoleApplication.get(this.application.url() + "/actuator/telemetryconsole" + file, headers);
	}

	private static void assertHeaders(HttpResponse<String> answer) {
		HEADERS.forEach((name, value) -> assertThat(answer.headers().allValues(name)).as(name).containsExactly(value));
	}

}
