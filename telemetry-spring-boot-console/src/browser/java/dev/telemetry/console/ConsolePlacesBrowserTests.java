package dev.telemetry.console;

import java.nio.file.Path;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.gate.ConsentState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console in a real browser wherever an application may have it: on both web stacks,
 * on a management port, behind Spring Security, and reached from pages of others.
 */
@ExtendWith(ChromiumExtension.class)
class ConsolePlacesBrowserTests {

	private static final String SEPARATE = "management.server.port=0";

	private final Browser browser;

	@TempDir
	private Path home;

	ConsolePlacesBrowserTests(Browser browser) {
		this.browser = browser;
	}

	@ParameterizedTest
	@CsvSource({ "SERVLET, test.place=same", "SERVLET, management.server.port=0", "REACTIVE, test.place=same",
			"REACTIVE, management.server.port=0" })
	void everyPlaceGrantsAndWithdraws(WebApplicationType type, String place) {
		try (ConsoleApplication application = ConsoleApplication.start(type, this.home, place); Visit visit = visit()) {
			visit.open(base(application, place) + Visit.CONSOLE);
			grantAndWithdraw(application, visit);
			visit.assertAccessible();
			visit.assertQuiet();
		}
	}

	@ParameterizedTest
	@CsvSource({ "SERVLET, /inside/look/here", "REACTIVE, /inside/look/here" })
	void mappedPathsAreFound(WebApplicationType type, String path) {
		try (ConsoleApplication application = ConsoleApplication.start(type, this.home,
				"management.endpoints.web.base-path=/inside", "management.endpoints.web.path-mapping.telemetry=usage",
				"management.endpoints.web.path-mapping.telemetryconsole=look/here"); Visit visit = visit()) {
			visit.open(application.url() + path);
			grantAndWithdraw(application, visit);
			visit.assertQuiet();
		}
	}

	@ParameterizedTest
	@EnumSource(Chain.class)
	void springSecurityLetsThePageWrite(Chain chain) {
		try (ConsoleApplication application = ConsoleApplication.startSecured(chain.type, this.home, chain.beans,
				chain.place); Visit visit = visit()) {
			String base = base(application, chain.place);
			signIn(visit, base + Visit.CONSOLE);
			assertThat((int) visit.page()
				.evaluate("fetch(document.documentElement.dataset.endpoint + '/disable', { method: 'POST' })"
						+ ".then((answer) => answer.status)"))
				.as("the positive control: without a token")
				.isEqualTo(403);
			assertThat(application.sdk().gate().decision().state()).isEqualTo(ConsentState.UNDECIDED);
			grantAndWithdraw(application, visit);
			// That of the control, and one more where the header is taken for the cookie's value
			visit.assertQuiet("the server responded with a status of 403");
		}
	}

	/** What the browser says of the page to sign in does not count. */
	private static void signIn(Visit visit, String url) {
		boolean answered = false;
		for (int attempt = 1; !answered && attempt <= 5; attempt++) {
			answered = isSignInAnswered(visit, url);
		}
		visit.ready();
	}

	/**
	 * Now and then Reactor Netty leaves what Chromium sends to Spring Security's own page
	 * unanswered, also in an application that exposes nothing of telemetry.
	 */
	private static boolean isSignInAnswered(Visit visit, String url) {
		visit.page().navigate(url);
		visit.find("input[name=username]").fill("user");
		visit.find("input[name=password]").fill("secret");
		visit.forgetMessages();
		try {
			visit.page()
				.waitForResponse((response) -> response.request().method().equals("POST"),
						new Page.WaitForResponseOptions().setTimeout(5000),
						() -> visit.find("button[type=submit]").dispatchEvent("click"));
			return true;
		}
		catch (TimeoutError ex) {
			return false;
		}
	}

	@Test
	void signedOutPageSaysSo() {
		try (ConsoleApplication application = ConsoleApplication.startSecured(WebApplicationType.SERVLET, this.home, null);
				Visit visit = visit()) {
			signIn(visit, application.url() + Visit.CONSOLE);
			visit.page().context().clearCookies();
			visit.button("Allow on this machine").click();
			assertThat(visit.outcome()).containsText("You may have to sign in again");
			assertThat(application.sdk().gate().decision().state()).isEqualTo(ConsentState.UNDECIDED);
		}
	}

	/** A page of another origin can neither write, nor read, nor show the console in a frame. */
	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void foreignPageReachesNothing(WebApplicationType type) {
		try (ConsoleApplication application = ConsoleApplication.start(type, this.home);
				ConsoleApplication foreign = ConsoleApplication.start(type, this.home.resolve("foreign"));
				Visit visit = visit()) {
			application.sdk().gate().enable(ConsentScope.LOCAL, null, "actuator");
			// Without a policy of its own: the endpoints of others have none
			visit.page().navigate("http://127.0.0.1:" + foreign.port() + "/no-such-page");
			String wrote = (String) visit.page()
				.evaluate("(url) => fetch(url, { method: 'POST', mode: 'no-cors' }).then((answer) => answer.type)",
						application.url() + "/actuator/telemetry/disable");
			assertThat(wrote).isEqualTo("opaque");
			assertThat(application.sdk().gate().decision().state()).isEqualTo(ConsentState.GRANTED);
			String read = (String) visit.page()
				.evaluate("(url) => fetch(url).then(() => 'read', () => 'refused')",
						application.url() + "/actuator/telemetry/events");
			assertThat(read).isEqualTo("refused");
			visit.page()
				.evaluate("(url) => new Promise((done) => { const frame = document.createElement('iframe');"
						+ " frame.addEventListener('load', done); frame.src = url; document.body.append(frame); })",
						application.url() + Visit.CONSOLE);
			assertThat(visit.messages()).anyMatch((message) -> message.contains("frame-ancestors 'none'"));
		}
	}

	@Test
	void reboundNameShowsNothing() {
		try (ConsoleApplication application = ConsoleApplication.start(WebApplicationType.SERVLET, this.home);
				Visit visit = visit()) {
			Response refused = visit.page()
				.navigate("http://" + ChromiumExtension.REBOUND + ":" + application.port() + Visit.CONSOLE);
			assertThat(refused.status()).isEqualTo(403);
			assertThat(refused.text()).contains("telemetry.web.allowed-hosts");
			// The positive control
			assertThat(visit.open("http://127.0.0.1:" + application.port() + Visit.CONSOLE).state())
				.containsText("no decision has been made");
		}
	}

	private static void grantAndWithdraw(ConsoleApplication application, Visit visit) {
		visit.button("Allow on this machine").click();
		assertThat(visit.state()).hasText("Telemetry is on: events are stored on this machine and not sent.");
		assertThat(application.sdk().gate().decision().state()).isEqualTo(ConsentState.GRANTED);
		visit.button("Withdraw").click();
		assertThat(visit.state()).hasText("Telemetry is off: consent was withdrawn.");
		assertThat(application.sdk().gate().decision().state()).isEqualTo(ConsentState.WITHDRAWN);
	}

	private Visit visit() {
		return Visit.of(this.browser, (options) -> {
		});
	}

	private static String base(ConsoleApplication application, String place) {
		return "http://localhost:" + (place.equals(SEPARATE) ? application.managementPort() : application.port());
	}

	/** How applications are set up. */
	enum Chain {

		DEFAULT(WebApplicationType.SERVLET, null, "test.place=same"),

		DEFAULT_ON_MANAGEMENT_PORT(WebApplicationType.SERVLET, null, SEPARATE),

		SPA(WebApplicationType.SERVLET, SinglePage.class, "test.place=same"),

		COOKIE(WebApplicationType.SERVLET, Cookie.class, "test.place=same"),

		REACTIVE_DEFAULT(WebApplicationType.REACTIVE, null, "test.place=same"),

		REACTIVE_ON_MANAGEMENT_PORT(WebApplicationType.REACTIVE, null, SEPARATE),

		REACTIVE_COOKIE(WebApplicationType.REACTIVE, ReactiveCookie.class, "test.place=same");

		private final WebApplicationType type;

		private final Class<?> beans;

		private final String place;

		Chain(WebApplicationType type, Class<?> beans, String place) {
			this.type = type;
			this.beans = beans;
			this.place = place;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SinglePage {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.csrf((csrf) -> csrf.spa())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Cookie {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.csrf((csrf) -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse()))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ReactiveCookie {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.formLogin(Customizer.withDefaults())
				.csrf((csrf) -> csrf.csrfTokenRepository(CookieServerCsrfTokenRepository.withHttpOnlyFalse()))
				.build();
		}

	}

}
