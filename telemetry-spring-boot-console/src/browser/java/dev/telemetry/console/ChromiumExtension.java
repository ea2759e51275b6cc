package dev.telemetry.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the browser that the operating system has, one for all of them. Without one
 * they are skipped, unless the tools of tests are demanded.
 */
final class ChromiumExtension implements ParameterResolver {

	/** A name that leads to this machine without being of it. */
	static final String REBOUND = "rebound.example";

	private static final List<Path> PLACES = List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"),
			Path.of("/usr/bin/google-chrome"));

	private static final double LIMIT_MILLIS = 30_000;

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Browser.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return context.getRoot()
			.getStore(Namespace.create(ChromiumExtension.class))
			.computeIfAbsent("chromium", (key) -> start(), Chromium.class)
			.browser();
	}

	private static Chromium start() {
		Path executable = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
		if (executable == null) {
			String message = "no Chromium at any of " + PLACES;
			if (Boolean.parseBoolean(System.getenv("TEST_TOOLS_DEMANDED"))) {
				throw new IllegalStateException(message);
			}
			Assumptions.abort(message);
		}
		PlaywrightAssertions.setDefaultAssertionTimeout(LIMIT_MILLIS);
		Playwright playwright = Playwright
			.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		Browser browser = playwright.chromium()
			.launch(new LaunchOptions().setExecutablePath(executable)
				.setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
						"--disable-background-networking", "--disable-component-update", "--disable-sync",
						"--host-resolver-rules=MAP " + REBOUND + " 127.0.0.1")));
		return new Chromium(playwright, browser);
	}

	/**
	 * What is closed after the last test.
	 *
	 * @param playwright drives the browser
	 * @param browser the browser
	 */
	private record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {

		@Override
		public void close() {
			this.browser.close();
			this.playwright.close();
		}

	}

}
