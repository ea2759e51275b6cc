package dev.telemetry.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.sun.net.httpserver.HttpServer;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.gate.ConsentState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each state of the console in a real browser: what it shows, what can be clicked, and
 * what that does in the application.
 */
@ExtendWith(ChromiumExtension.class)
class ConsoleStatesBrowserTests {

	/** What Chromium itself says of an answer that is no success. */
	private static final String NO_SUCCESS = "Failed to load resource: the server responded with a status of ";

	private static HttpServer receiver;

	private final Browser browser;

	@TempDir
	private Path home;

	ConsoleStatesBrowserTests(Browser browser) {
		this.browser = browser;
	}

	@BeforeAll
	static void receive() throws IOException {
		receiver = Receiver.start();
	}

	@AfterAll
	static void stop() {
		receiver.stop(0);
	}

	private static String endpoint() {
		return Receiver.property(receiver);
	}

	@Test
	void undecidedOffersThreeEqualButtons() throws IOException {
		try (ConsoleApplication application = start(endpoint()); Visit visit = Visit.of(this.browser, application)) {
			assertThat(visit.state()).hasText("Telemetry is off: no decision has been made.");
			Locator buttons = visit.find("main section > .choices button");
			assertThat(buttons).hasText(
					new String[] { "Don't allow", "Allow on this machine", "Allow and send to localhost" });
			assertEqual(buttons);
			assertThat((String) visit.page().evaluate("document.activeElement.tagName")).isEqualTo("BODY");
			assertThat(visit.find("#log")).containsText("The local log is empty.");
			assertTree(visit, "undecided");
			visit.assertAccessible();
			visit.assertQuiet();
		}
	}

	@Test
	void grantSendsTheDisplayedHash() {
		try (ConsoleApplication application = start(endpoint()); Visit visit = Visit.of(this.browser, application)) {
			visit.find("#notice summary").last().click();
			String displayed = visit.find("#notice details").last().locator("code").first().textContent();
			visit.button("Allow and send to localhost").click();
			assertThat(visit.state())
				.hasText("Telemetry is on: events are stored on this machine and sent to localhost.");
			assertThat(visit.bodies()).containsExactly(
					"/enable {\"scope\":\"export\",\"notice\":\"" + displayed + "\",\"locale\":\"en\"}");
			assertThat(displayed).isEqualTo(application.sdk().gate().decision().notice().current());
			assertThat(application.sdk().gate().decision().scope()).isEqualTo(ConsentScope.EXPORT);
			assertThat(visit.outcome()).isFocused();
			visit.assertQuiet();
		}
	}

	@Test
	void grantWhenTheNoticeHasChangedShowsTheNewOne() {
		try (ConsoleApplication application = start(endpoint()); Visit visit = Visit.of(this.browser, (options) -> {
		})) {
			visit.page()
				.route("**/notice", (route) -> route.fulfill(new Route.FulfillOptions().setResponse(route.fetch())
					.setBody(route.fetch().text().replace("\"current\":\"sha256:", "\"current\":\"sha256:0"))));
			visit.open(application.url() + Visit.CONSOLE);
			visit.page().unroute("**/notice");
			visit.button("Allow on this machine").click();
			assertThat(visit.outcome()).containsText("The notice has changed");
			assertThat(visit.find("[role=alert]")).isFocused();
			assertThat(application.sdk().gate().decision().state()).isEqualTo(ConsentState.UNDECIDED);
			visit.assertAccessible();
			visit.button("Allow on this machine").click();
			assertThat(visit.state()).containsText("Telemetry is on");
			assertThat(application.sdk().gate().decision().scope()).isEqualTo(ConsentScope.LOCAL);
			visit.assertQuiet(NO_SUCCESS + 409);
		}
	}

	@Test
	void grantedCountsLiveAndWithdrawsInOneClick() throws IOException {
		try (ConsoleApplication application = start(endpoint()); Visit visit = Visit.of(this.browser, application)) {
			visit.button("Allow and send to localhost").click();
			assertThat(visit.find("main section > .choices button"))
				.hasText(new String[] { "Withdraw", "Only on this machine" });
			assertEqual(visit.find("main section > .choices button"));
			for (int i = 1; i <= 3; i++) {
				application.record(i);
			}
			Locator rows = visit.find("#part-counters tbody tr");
			assertThat(rows).hasCount(2);
			assertThat(rows.first().locator("td").nth(2)).hasText("3");
			assertThat(rows.last().locator("td").nth(2)).hasText("3");
			assertThat(visit.find("#log tbody tr")).hasCount(3);
			assertThat(visit.find("#log tbody tr").first()).containsText("items=3");
			assertThat(visit.find("canvas")).hasCount(2);
			for (Locator summary : visit.find("figure summary").all()) {
				summary.click();
			}
			assertThat(visit.find("figure table")).hasCount(2);
			assertThat(visit.find("#activity tbody td")).hasText("3");
			assertTree(visit, "granted");
			visit.assertAccessible();
			visit.button("Pause live counters").click();
			application.record(4);
			assertThat(visit.button("Resume live counters")).isVisible();
			visit.button("Withdraw").click();
			assertThat(visit.outcome()).containsText("Consent is withdrawn.");
			assertThat(visit.outcome()).isFocused();
			assertThat(application.sdk().gate().decision().state()).isEqualTo(ConsentState.WITHDRAWN);
			assertThat(visit.find("canvas")).hasCount(1);
			visit.assertQuiet();
		}
	}

	@Test
	void grantedForSendingCanBeKeptOnThisMachine() {
		try (ConsoleApplication application = start(endpoint()); Visit visit = Visit.of(this.browser, application)) {
			visit.button("Allow and send to localhost").click();
			visit.button("Only on this machine").click();
			assertThat(visit.state()).hasText("Telemetry is on: events are stored on this machine and not sent.");
			assertThat(application.sdk().gate().decision().scope()).isEqualTo(ConsentScope.LOCAL);
			assertThat(visit.find("main section > .choices button")).hasText(new String[] { "Withdraw" });
			visit.button("Change").click();
			assertThat(visit.button("Allow and send to localhost")).isVisible();
			visit.assertQuiet();
		}
	}

	@ParameterizedTest
	@CsvSource({ "DENIED, Telemetry is off: consent was denied.",
			"WITHDRAWN, Telemetry is off: consent was withdrawn." })
	void deniedAsksNoMoreUntilThePersonWantsTo(ConsentState state, String sentence) throws IOException {
		try (ConsoleApplication application = start(endpoint())) {
			if (state == ConsentState.WITHDRAWN) {
				application.sdk().gate().enable(ConsentScope.LOCAL, null, "actuator");
			}
			application.sdk().gate().disable("actuator");
			try (Visit visit = Visit.of(this.browser, application)) {
				assertThat(visit.state()).hasText(sentence);
				assertThat(visit.find(".choices button:visible")).hasCount(0);
				assertThat(visit.find("[role=alert]")).hasCount(0);
				assertTree(visit, state.name().toLowerCase(java.util.Locale.ROOT));
				visit.assertAccessible();
				visit.button("Change").click();
				assertThat(visit.find("#notice-heading")).isFocused();
				assertThat(visit.find("#choices button")).hasText(
						new String[] { "Don't allow", "Allow on this machine", "Allow and send to localhost" });
				visit.assertAccessible();
				visit.assertQuiet();
			}
		}
	}

	@Test
	void staleShowsWhatHasChanged() throws IOException {
		try (ConsoleApplication before = start()) {
			before.sdk().gate().enable(ConsentScope.EXPORT, null, "actuator");
		}
		try (ConsoleApplication application = start(endpoint()); Visit visit = Visit.of(this.browser, application)) {
			assertThat(visit.state()).containsText("has changed or expired");
			assertThat(visit.find("#changes")).containsText("localhost");
			assertThat(visit.find("#choices button")).hasCount(3);
			assertEqual(visit.find("#choices button"));
			assertTree(visit, "stale");
			visit.assertAccessible();
			visit.button("Allow and send to localhost").click();
			assertThat(visit.state()).containsText("Telemetry is on");
			assertThat(visit.find("#changes")).hasCount(0);
			visit.assertQuiet();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "vetoed | telemetry.enabled=false | telemetry.enabled",
			"suppressed | telemetry.consent.detect-test-environment=true | test",
			"absent | telemetry.feature.enabled=false | telemetry.feature.enabled",
			"fault | test.damaged=true | consent.json" })
	void closedDisablesTheButtonsAndSaysWhy(String state, String property, String reason) throws IOException {
		if (state.equals("fault")) {
			HomeFiles.write(this.home, "consent.json", "{ damaged");
		}
		try (ConsoleApplication application = start(endpoint(), property);
				Visit visit = Visit.of(this.browser, application)) {
			Locator buttons = visit.find("#choices button");
			assertThat(buttons).hasText(
					new String[] { "Don't allow", "Allow on this machine", "Allow and send to localhost" });
			for (Locator button : buttons.all()) {
				assertThat(button).isDisabled();
				assertThat(button).hasAttribute("aria-describedby", "closed");
			}
			assertThat(visit.find("#closed")).containsText(reason);
			assertTree(visit, state);
			visit.assertAccessible();
			visit.assertQuiet();
		}
	}

	@Test
	void consentByConfigurationIsCalledThat() {
		try (ConsoleApplication application = start("telemetry.enabled=true");
				Visit visit = Visit.of(this.browser, application)) {
			assertThat(visit.find("#decision")).containsText("It is on by configuration; no person has decided.");
			visit.assertQuiet();
		}
	}

	@Test
	void readOnlyEndpointLeavesNothingToClick() {
		try (ConsoleApplication application = start("management.endpoint.telemetry.access=read-only");
				Visit visit = Visit.of(this.browser, application)) {
			assertThat(visit.find("#read-only")).containsText("management.endpoint.telemetry.access");
			for (Locator button : visit.find("#choices button, #yours button.quiet").all()) {
				assertThat(button).isDisabled();
				assertThat(button).hasAttribute("aria-describedby", "read-only");
			}
			visit.assertAccessible();
			visit.assertQuiet();
		}
	}

	@Test
	void endpointThatIsNotExposedIsNamed() {
		try (ConsoleApplication application = start("management.endpoints.web.exposure.include=telemetryconsole");
				Visit visit = Visit.of(this.browser, (options) -> {
				})) {
			visit.page().navigate(application.url() + Visit.CONSOLE);
			assertThat(visit.find("[role=alert]")).containsText("management.endpoints.web.exposure.include");
			visit.assertAccessible();
			visit.assertQuiet();
		}
	}

	private static void assertEqual(Locator buttons) {
		List<Object> looks = new ArrayList<>();
		for (Locator button : buttons.all()) {
			looks.add(button.evaluate("""
					(button) => {
						const style = getComputedStyle(button);
						const box = button.getBoundingClientRect();
						return [button.tagName, button.className, Math.round(box.width), Math.round(box.height), style.color, style.backgroundColor,
							style.borderColor, style.fontSize, style.fontWeight, style.opacity].join(' ');
					}"""));
		}
		assertThat(looks).hasSizeGreaterThan(1).containsOnly(looks.get(0));
	}

	/**
	 * What the endpoint says has tests of its own. The trees are written anew with
	 * {@code -Dtelemetry.golden=write}.
	 */
	private static void assertTree(Visit visit, String state) throws IOException {
		StringBuilder tree = new StringBuilder();
		for (String part : List.of("decision", "changes", "choices", "problems")) {
			tree.append(visit.tree("#part-" + part)).append('\n');
		}
		String shown = tree.toString()
			.replaceAll("Why: [^\"\n]*", "Why: …")
			.replaceAll("listitem: .*", "listitem: …")
			.replaceAll("(time|code): .*", "$1: …")
			.replaceAll("text: ,.*", "text: …")
			.replaceAll("\n+", "\n");
		Path file = Path.of("src/browser/snapshots", state + ".yaml");
		if ("write".equals(System.getenv("GOLDEN_FILES"))) {
			Files.writeString(file, shown);
		}
		assertThat(shown).isEqualTo(Files.readString(file));
	}

	private ConsoleApplication start(String... properties) {
		return ConsoleApplication.start(WebApplicationType.SERVLET, this.home, properties);
	}

}
