package dev.telemetry.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.util.HtmlUtils;

/**
 * The page, with the addresses that it asks. They are absolute: a relative one depends on
 * how the page itself was addressed.
 */
final class ConsolePage {

	private final String template;

	private final Supplier<String> console;

	private final Supplier<EndpointReach> reach;

	/**
	 * Create a page.
	 * @param console tells the path of the console
	 * @param reach tells what the page can do
	 */
	ConsolePage(Supplier<String> console, Supplier<EndpointReach> reach) {
		this.template = read(new ClassPathResource("console.html", ConsolePage.class));
		this.console = console;
		this.reach = reach;
	}

	private static String read(Resource resource) {
		try {
			return resource.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The console page is not in its archive", ex);
		}
	}

	/**
	 * Write the page.
	 * @param prefix what stands before the paths of the endpoints in addresses
	 * @return the page, in UTF-8
	 */
	Resource render(String prefix) {
		EndpointReach now = this.reach.get();
		String path = now.path();
		String property = now.property();
		return new ByteArrayResource(this.template.replace("@console@", attribute(prefix + this.console.get()))
			.replace("@endpoint@", (path != null) ? attribute(prefix + path) : "")
			.replace("@property@", (property != null) ? attribute(property) : "")
			.getBytes(StandardCharsets.UTF_8));
	}

	private static String attribute(String value) {
		return HtmlUtils.htmlEscape(value);
	}

}
