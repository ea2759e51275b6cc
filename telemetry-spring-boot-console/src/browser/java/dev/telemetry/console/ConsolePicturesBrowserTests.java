package dev.telemetry.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.telemetry.consent.store.ConsentScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pictures of {@code docs/console.md}, into {@code target/screenshots}.
 */
@ExtendWith(ChromiumExtension.class)
class ConsolePicturesBrowserTests {

	private static final String[] DESTINATION = { "telemetry.http.endpoint=https://collector.example.com/events" };

	private final Browser browser;

	@TempDir
	private Path home;

	ConsolePicturesBrowserTests(Browser browser) {
		this.browser = browser;
	}

	@Test
	void undecided() throws IOException {
		try (ConsoleApplication application = start(DESTINATION);
				Visit visit = visit(application, 900, 1260, ColorScheme.LIGHT, "en-GB")) {
			take(visit, "console-undecided");
		}
	}

	@Test
	void grantedInTheDark() throws IOException {
		log();
		try (ConsoleApplication application = start()) {
			application.sdk().gate().enable(ConsentScope.LOCAL, null, "actuator");
			for (int i = 1; i <= 5; i++) {
				application.record(i);
			}
			try (Visit visit = visit(application, 900, 1300, ColorScheme.DARK, "en-GB")) {
				Locator delivered = visit.find("#part-counters tbody tr td").nth(2);
				assertThat(delivered).hasText("5");
				take(visit, "console-granted-dark");
			}
		}
	}

	@Test
	void stale() throws IOException {
		try (ConsoleApplication before = start()) {
			before.sdk().gate().enable(ConsentScope.EXPORT, null, "actuator");
		}
		try (ConsoleApplication application = start(DESTINATION);
				Visit visit = visit(application, 900, 640, ColorScheme.LIGHT, "en-GB")) {
			take(visit, "console-stale");
		}
	}

	@Test
	void vetoed() throws IOException {
		try (ConsoleApplication application = start("telemetry.enabled=false", DESTINATION[0]);
				Visit visit = visit(application, 900, 1260, ColorScheme.LIGHT, "en-GB")) {
			take(visit, "console-vetoed");
		}
	}

	@Test
	void narrowAndInGerman() throws IOException {
		try (ConsoleApplication application = start(DESTINATION);
				Visit visit = visit(application, 320, 1400, ColorScheme.DARK, "de-DE")) {
			take(visit, "console-narrow-german");
		}
	}

	private static void take(Visit visit, String name) throws IOException {
		visit.assertAccessible();
		visit.assertFits();
		Path file = Path.of("target/screenshots", name + ".png");
		visit.page().screenshot(new ScreenshotOptions().setPath(file));
		assertThat(Files.size(file)).isPositive();
	}

	private void log() throws IOException {
		StringBuilder lines = new StringBuilder();
		Instant begin = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(30, ChronoUnit.HOURS);
		for (int i = 0; i < 60; i++) {
			Instant time = begin.plus((i * i) % 29, ChronoUnit.HOURS);
			lines.append(String.format(Locale.ROOT,
					"{\"id\":\"019aa000-0000-7abc-8def-%012d\",\"name\":\"%s\",\"timestamp_utc\":\"%s\",\"attrs\":{\"items\":%d}}%n",
					i, (i % 3 == 0) ? "report.built" : "order.placed", time, 1 + i % 7));
		}
		HomeFiles.write(this.home, "telemetry.log", lines.toString());
	}

	private Visit visit(ConsoleApplication application, int width, int height, ColorScheme theme, String locale) {
		return Visit
			.of(this.browser,
					(options) -> options.setViewportSize(width, height).setColorScheme(theme).setLocale(locale))
			.open(application.url() + Visit.CONSOLE);
	}

	private ConsoleApplication start(String... properties) {
		return ConsoleApplication.start(WebApplicationType.SERVLET, this.home, properties);
	}

}
