package dev.telemetry.actuate;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.web.util.HtmlUtils;

/**
 * What a browser sees at the endpoint, which is made for programs: where the page for
 * people is, or how to get it.
 */
final class ConsoleLink {

	private static final String MISSING = """
			<p>The console is not exposed: add <code>telemetryconsole</code> to
			<code>management.endpoints.web.exposure.include</code>, with
			<code>telemetry-spring-boot-console</code> on the class path.</p>
			""";

	private final Supplier<@Nullable String> path;

	/**
	 * Create a link.
	 * @param path tells the path of the console, or {@code null} when it is not exposed
	 */
	ConsoleLink(Supplier<@Nullable String> path) {
		this.path = path;
	}

	/**
	 * Write the page.
	 * @param prefix what stands before the path of the console
	 * @return the page, in ASCII
	 */
	Resource page(String prefix) {
		String console = this.path.get();
		String hint = (console != null)
				? "<p><a href=\"" + HtmlUtils.htmlEscape(prefix + console) + "\">Open the telemetry console</a></p>\n"
				: MISSING;
		String page = String.format(Locale.ROOT, """
				<!doctype html>
				<html lang="en">
				<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
				<title>Telemetry</title><link rel="icon" href="data:,"></head>
				<body><main><h1>Telemetry</h1>
				<p>This endpoint answers programs, in JSON.</p>
				%s</main></body>
				</html>
				""", hint);
		return new ByteArrayResource(page.getBytes(StandardCharsets.UTF_8));
	}

}
