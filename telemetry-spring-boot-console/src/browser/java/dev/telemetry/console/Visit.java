package dev.telemetry.console;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A visit of the console, with everything that its page asked for and said.
 */
final class Visit implements AutoCloseable {

	static final String CONSOLE = "/actuator/telemetryconsole";

	private final BrowserContext context;

	private final Page page;

	private final List<String> messages = new ArrayList<>();

	private final List<URI> requests = new ArrayList<>();

	private final List<String> bodies = new ArrayList<>();

	private Visit(BrowserContext context) {
		this.context = context;
		this.page = context.newPage();
		this.page.onConsoleMessage((message) -> this.messages.add(message.type() + ": " + message.text()));
		this.page.onPageError((error) -> this.messages.add("error: " + error));
		context.onRequest((request) -> {
			this.requests.add(URI.create(request.url()));
			if (request.postData() != null) {
				this.bodies.add(request.url().substring(request.url().lastIndexOf('/')) + " " + request.postData());
			}
		});
	}

	static Visit of(Browser browser, Consumer<NewContextOptions> options) {
		NewContextOptions all = new NewContextOptions().setLocale("en-GB").setViewportSize(1000, 900);
		options.accept(all);
		return new Visit(browser.newContext(all));
	}

	/**
	 * Open the console of an application without Spring Security.
	 * @param browser the browser
	 * @param application the application
	 * @return the visit, with everything shown
	 */
	static Visit of(Browser browser, ConsoleApplication application) {
		return of(browser, (options) -> {
		}).open(application.url() + CONSOLE);
	}

	Visit open(String url) {
		this.page.navigate(url);
		ready();
		return this;
	}

	/** Wait until everything is shown. */
	void ready() {
		this.page.waitForSelector("html[data-ready]", new Page.WaitForSelectorOptions().setTimeout(30_000));
	}

	Page page() {
		return this.page;
	}

	Locator find(String selector) {
		return this.page.locator(selector);
	}

	Locator button(String name) {
		return this.page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
	}

	Locator state() {
		return find(".state");
	}

	Locator outcome() {
		return find("#outcome");
	}

	/**
	 * Return what was sent by writes.
	 * @return the last part of the address and the body of each
	 */
	List<String> bodies() {
		return this.bodies;
	}

	/**
	 * Return what assistive technology is told of a part of the page.
	 * @param selector the part
	 * @return the tree, without what differs from run to run
	 */
	String tree(String selector) {
		return find(selector).ariaSnapshot().replaceAll("sha256:[0-9a-f]{64}", "sha256:…").replaceAll(":\\d{4,5}", ":PORT");
	}

	/**
	 * Return what the browser and the page said.
	 * @return the messages
	 */
	List<String> messages() {
		return this.messages;
	}

	void forgetMessages() {
		this.messages.clear();
	}

	void assertQuiet(String... allowed) {
		List<Pattern> patterns = List.of(allowed).stream().map(Pattern::compile).toList();
		assertThat(this.messages).as("messages of the browser")
			.allMatch((message) -> patterns.stream().anyMatch((pattern) -> pattern.matcher(message).find()));
		URI own = URI.create(this.page.url());
		assertThat(this.requests).as("requests")
			.isNotEmpty()
			.allMatch((request) -> request.getScheme().equals("data") || request.getScheme().equals("blob")
					|| (request.getHost().equals(own.getHost()) && request.getPort() == own.getPort()));
	}

	void assertAccessible() {
		assertThat(new AxeBuilder(this.page)
			.withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
			.analyze()
			.getViolations()).as("violations found by axe")
			.allSatisfy((rule) -> assertThat(rule.getNodes()).as(rule.getId()).isEmpty());
	}

	/** The page itself does not scroll sideways. */
	void assertFits() {
		assertThat(this.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
			.isEqualTo(0);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
