package dev.telemetry.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
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
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the console shows beside the decision, and under which conditions: hostile and large logs, the
 * reset, the keyboard alone, two languages, both themes on a narrow page.
 */
@ExtendWith(ChromiumExtension.class)
class ConsoleContentBrowserTests {

	private static HttpServer receiver;

	private final Browser browser;

	@TempDir
	private Path home;

	ConsoleContentBrowserTests(Browser browser) {
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
	void hostileNamesAreText() throws IOException {
		List<String> lines = new ArrayList<>();
		for (String name : List.of("<img src=x onerror=alert(1)>", "\\u202egnp.exe", "x".repeat(512), "\\u0000\\u001b[31m",
				"javascript:alert(1)", "__proto__", "{{7*7}}")) {
			lines.add("{\"id\":\"019aa000-0000-7abc-8def-000000000001\",\"name\":\"" + name
					+ "\",\"tool\":\"order-desk\",\"timestamp_utc\":\"2026-11-21T03:00:00.123Z\",\"attrs\":{\"" + name
					+ "\":\"" + name + "\"},\"schema_version\":1}");
		}
		HomeFiles.write(this.home, "telemetry.log", String.join("\n", lines) + "\n");
		try (ConsoleApplication application = start(); Visit visit = Visit.of(this.browser, (options) -> options
			.setViewportSize(320, 700)).open(application.url() + Visit.CONSOLE)) {
			assertThat(visit.find("#log tbody tr")).hasCount(7);
			assertThat(visit.find("#log")).containsText("<img src=x onerror=alert(1)>");
			assertThat(visit.find("#log")).containsText("\\u202egnp.exe");
			assertThat(visit.find("#log")).containsText("\\u0000\\u001b[31m");
			assertThat(visit.find("img")).hasCount(0);
			visit.find("#log-filter").selectOption("__proto__");
			assertThat(visit.find("#log tbody tr")).hasCount(1);
			visit.assertFits();
			visit.assertAccessible();
			visit.assertQuiet();
		}
	}

	@Test
	void largeLogIsShownInParts() throws IOException {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 5000; i++) {
			lines.append("{\"id\":\"019aa000-0000-7abc-8def-%012d\",\"name\":\"%s\",\"timestamp_utc\":\"2026-11-%02dT03:00:00.000Z\",\"attrs\":{\"n\":%d}}%n"
				.formatted(i, (i % 2 == 0) ? "order.placed" : "report.built", 1 + i / 200, i));
		}
		HomeFiles.write(this.home, "telemetry.log", lines.toString());
		try (ConsoleApplication application = start(); Visit visit = Visit.of(this.browser, application)) {
			assertThat(visit.find("#log tbody tr")).hasCount(100);
			assertThat(visit.find("#log tbody tr").first()).containsText("n=4999");
			visit.button("Show more").click();
			assertThat(visit.find("#log tbody tr")).hasCount(200);
			assertThat(visit.find("#activity figcaption")).hasText("Recorded events by day");
			visit.assertQuiet();
		}
	}

	@Test
	void reportCountsByGroupAndSum() throws IOException {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 110; i++) {
			lines.append("{\"name\":\"violations.detected\",\"timestamp_utc\":\"2026-11-%02dT23:30:00.000Z\",\"attrs\":{\"kind\":\"%s\",\"n\":%d,\"duration_ms\":%d,\"success\":%b%s}}%n"
				.formatted(1 + i % 20, (i < 2) ? "<b>plan</b>\\u202e" : "k" + i, (i < 2) ? 71 : 1, i, i > 0,
						(i > 0) ? "" : ",\"error\":\"<i>IOException\""));
		}
		HomeFiles.write(this.home, "telemetry.log", lines.toString());
		try (ConsoleApplication application = start(); Visit visit = Visit.of(this.browser, (options) -> options
			.setViewportSize(320, 700)).open(application.url() + Visit.CONSOLE)) {
			visit.find("#report-by").fill("kind");
			visit.find("#report-sum").fill("n");
			visit.find("#report-until").fill("2026-11-20");
			visit.find("#report-until").press("Enter");
			assertThat(visit.find("#report [role=status]")).containsText("Events in the log: 105.");
			assertThat(visit.find("#report table").first().locator("tbody tr td").first()).hasText("105");
			assertThat(visit.find("#report figcaption")).hasText("Events by day (UTC)");
			assertThat(visit.find("#report figure tbody tr")).hasCount(19);
			assertThat(visit.find("#report table").last().locator("tbody tr").first()).containsText("<b>plan</b>\\u202e");
			assertThat(visit.find("#report table").last().locator("tbody tr").first()).containsText("58%");
			assertThat(visit.find("#report table").last().locator("tbody tr")).hasCount(100);
			assertThat(visit.find("#report")).containsText("Smaller groups that are not shown: 4.");
			assertThat(visit.find("#report")).containsText("<i>IOException");
			assertThat(visit.find("#report b, #report i")).hasCount(0);
			visit.find("#report summary").click();
			visit.assertFits();
			visit.assertAccessible();
			visit.assertQuiet();
			visit.find("#report-since").fill("2026-11-21");
			visit.button("Make the report").click();
			assertThat(visit.find("#report [role=status]")).containsText("'since' must be before 'until'");
			assertThat(visit.find("#report table")).hasCount(0);
		}
	}

	@Test
	void noticeInSentencesIsShownAsTheEndpointWroteIt() {
		try (ConsoleApplication application = start(); Visit visit = Visit.of(this.browser, (options) -> {
		})) {
			visit.page()
				.route("**/notice", (route) -> route.fulfill(new Route.FulfillOptions().setResponse(route.fetch())
					.setBody(route.fetch().text().replace("\"examples\":", """
							"text":{"language":"en","sections":[{"id":"events","heading":"What is recorded",\
							"lines":["When an order is placed: <b>items</b>."]}]},"examples":"""))));
			visit.open(application.url() + Visit.CONSOLE);
			assertThat(visit.find("#notice div[lang=en] h3")).hasText("What is recorded");
			assertThat(visit.find("#notice div[lang=en] li")).hasText("When an order is placed: <b>items</b>.");
			assertThat(visit.find("#notice b")).hasCount(0);
			visit.assertAccessible();
			visit.assertQuiet();
		}
	}

	@Test
	void hundredEventsAreAllInTheNotice() throws IOException {
		StringBuilder spec = new StringBuilder("meta:\n  key: many.events\n  version: 1.0.0\n  owners: ['@team.demo']\nevents:\n");
		for (int i = 0; i < 100; i++) {
			spec.append("""
					  - key: many.event_%03d
					    version: 1.0.0
					    semantics: {what: Something happened}
					    purpose: See how often it happens
					    privacy: internal
					""".formatted(i));
		}
		Path file = Files.writeString(this.home.resolveSibling("many.telemetry.yaml"), spec);
		try (ConsoleApplication application = start("telemetry.specs=" + file.toUri());
				Visit visit = Visit.of(this.browser, application)) {
			assertThat(visit.find("#notice")).containsText("many.event_099");
			visit.assertFits();
			visit.assertQuiet();
		}
		finally {
			Files.delete(file);
		}
	}

	@Test
	void resetAsksAndSaysWhatItDid() {
		try (ConsoleApplication application = start(endpoint()); Visit visit = Visit.of(this.browser, application)) {
			visit.button("Allow on this machine").click();
			assertThat(visit.state()).containsText("Telemetry is on");
			application.record(1);
			visit.button("Reset …").click();
			assertThat(visit.button("Cancel")).isFocused();
			visit.assertAccessible();
			visit.button("Cancel").click();
			assertThat(application.sdk().gate().decision().state()).isEqualTo(ConsentState.GRANTED);
			visit.button("Reset …").click();
			visit.button("Erase").click();
			assertThat(visit.outcome()).containsText("Nothing was ever sent, so no deletion had to be requested.");
			assertThat(visit.find("#log")).containsText("The local log is empty.");
			assertThat(application.sdk().gate().decision().state()).isEqualTo(ConsentState.WITHDRAWN);
			visit.assertQuiet();
		}
	}

	@Test
	void resetThatCannotRequestDeletionSaysSo() {
		try (ConsoleApplication application = start(endpoint()); Visit visit = Visit.of(this.browser, application)) {
			visit.button("Allow and send to localhost").click();
			assertThat(visit.state()).containsText("Telemetry is on");
			application.record(1);
			assertThat(visit.find("#part-counters tbody tr").last().locator("td").nth(2)).hasText("1");
			visit.button("Reset …").click();
			visit.button("Erase").click();
			assertThat(visit.outcome()).containsText("No deletion could be requested for what was sent");
			assertThat(visit.outcome()).containsText("Identifiers to name");
			visit.assertAccessible();
			visit.assertQuiet();
		}
	}

	@ParameterizedTest
	@CsvSource({ "en-GB, 'Telemetry is on', 'Nothing was sent.'", "de-DE, 'Die Telemetrie ist an', 'Es wurde nichts gesendet.'" })
	void whatWasSentIsShownAndDownloadedAsTheSocketGotIt(String locale, String on, String nothing) throws Exception {
		List<byte[]> received = new CopyOnWriteArrayList<>();
		HttpServer socket = Receiver.start(received::add);
		try (ConsoleApplication application = start(Receiver.property(socket));
				Visit visit = Visit.of(this.browser, (options) -> options.setLocale(locale).setViewportSize(320, 700))
					.open(application.url() + Visit.CONSOLE)) {
			assertThat(visit.find("#sent")).containsText(nothing);
			visit.find("#choices button").last().click();
			assertThat(visit.state()).containsText(on);
			application.record("<img src=x onerror=alert(1)>\u202e");
			assertThat(visit.find("#sent tbody tr")).hasCount(1);
			visit.find("#sent summary").click();
			assertThat(visit.find("#sent pre")).containsText("<img src=x onerror=alert(1)>");
			assertThat(visit.find("img")).hasCount(0);
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(received.get(0));
			assertThat(visit.find("#sent dl")).containsText(HexFormat.of().formatHex(hash));
			Download download = visit.page().waitForDownload(() -> visit.find("#sent a[download]").click());
			assertThat(download.suggestedFilename()).endsWith(".gz");
			assertThat(Files.readAllBytes(download.path())).isEqualTo(received.get(0));
			visit.assertFits();
			visit.assertAccessible();
			visit.find("#yours button").first().click();
			visit.find("dialog button").last().click();
			assertThat(visit.find("#sent")).containsText(nothing);
			visit.assertQuiet();
		}
		finally {
			socket.stop(0);
		}
	}

	@Test
	void receiptsAndExportAreThere() {
		try (ConsoleApplication application = start(); Visit visit = Visit.of(this.browser, application)) {
			visit.button("Allow on this machine").click();
			assertThat(visit.state()).containsText("Telemetry is on");
			visit.find("#receipts summary").click();
			assertThat(visit.find("#receipts")).containsText("The chain of receipts is intact.");
			assertThat(visit.find("#receipts tbody tr")).hasCount(1);
			assertThat(visit.find("#receipts tbody tr")).containsText("granted");
			assertThat(visit.page()
				.waitForDownload(() -> visit.page().getByText("Download the export").click())
				.suggestedFilename()).isEqualTo("telemetry-export.json");
			visit.assertQuiet();
		}
	}

	@Test
	void problemsSayWhatToDo() {
		try (ConsoleApplication application = start("telemetry.endpiont=https://collector.example.com");
				Visit visit = Visit.of(this.browser, application)) {
			assertThat(visit.find("#problems")).containsText("telemetry.endpiont");
			assertThat(visit.find("#problems")).containsText("What to do:");
			visit.assertQuiet();
		}
	}

	@Test
	void germanIsSpokenToWhoReadsIt() {
		try (ConsoleApplication application = start(endpoint());
				Visit visit = Visit.of(this.browser, (options) -> options.setLocale("de-AT"))
					.open(application.url() + Visit.CONSOLE)) {
			assertThat(visit.find("html")).hasAttribute("lang", "de");
			assertThat(visit.find("#choices button")).hasText(new String[] { "Nicht erlauben",
					"Auf diesem Rechner erlauben", "Erlauben und an localhost senden" });
			visit.assertAccessible();
			visit.button("Nicht erlauben").click();
			assertThat(visit.state()).hasText("Die Telemetrie ist aus: Sie wurde nicht erlaubt.");
			visit.assertQuiet();
		}
	}

	/** Nothing but the keyboard, from the top of the page. */
	@Test
	void keyboardIsEnough() {
		try (ConsoleApplication application = start(endpoint()); Visit visit = Visit.of(this.browser, application)) {
			List<String> order = new ArrayList<>();
			tabTo(visit, "Allow and send to localhost", order);
			assertThat(order).containsSubsequence("Don't allow", "Allow on this machine", "Allow and send to localhost");
			assertThat(
					(String) visit.page().evaluate("getComputedStyle(document.activeElement).outlineStyle"))
				.isEqualTo("solid");
			visit.page().keyboard().press("Enter");
			assertThat(visit.state()).containsText("Telemetry is on");
			assertThat(visit.outcome()).isFocused();
			tabTo(visit, "Withdraw", order);
			visit.page().keyboard().press("Space");
			assertThat(visit.state()).hasText("Telemetry is off: consent was withdrawn.");
			tabTo(visit, "Reset …", order);
			visit.page().keyboard().press("Enter");
			assertThat(visit.button("Cancel")).isFocused();
			visit.page().keyboard().press("Escape");
			assertThat(visit.button("Reset …")).isFocused();
			visit.assertQuiet();
		}
	}

	private static void tabTo(Visit visit, String button, List<String> order) {
		for (int i = 0; i < 60; i++) {
			visit.page().keyboard().press("Tab");
			String focused = (String) visit.page().evaluate("document.activeElement.textContent");
			order.add(focused);
			if (focused.equals(button)) {
				return;
			}
		}
		throw new AssertionError("Tab does not lead to '" + button + "', only to " + order);
	}

	@ParameterizedTest
	@ValueSource(strings = { "LIGHT", "DARK" })
	void narrowPagesOfBothThemesFit(String theme) throws IOException {
		try (ConsoleApplication before = start()) {
			before.sdk().gate().enable(ConsentScope.EXPORT, null, "actuator");
		}
		try (ConsoleApplication application = start(endpoint());
				Visit visit = Visit
					.of(this.browser,
							(options) -> options.setViewportSize(320, 700)
								.setColorScheme(com.microsoft.playwright.options.ColorScheme.valueOf(theme)))
					.open(application.url() + Visit.CONSOLE)) {
			visit.assertFits();
			visit.assertAccessible();
			visit.button("Allow and send to localhost").click();
			assertThat(visit.state()).containsText("Telemetry is on");
			application.record(1);
			assertThat(visit.find("#log tbody tr")).hasCount(1);
			for (Locator summary : visit.find("summary").all()) {
				summary.click();
			}
			visit.assertFits();
			visit.assertAccessible();
			visit.assertQuiet();
		}
	}

	private ConsoleApplication start(String... properties) {
		return ConsoleApplication.start(WebApplicationType.SERVLET, this.home, properties);
	}

}
