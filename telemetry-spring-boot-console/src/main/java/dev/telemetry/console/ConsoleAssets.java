package dev.telemetry.console;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;

/**
 * The files of the page: those of a fixed list, whatever a request names.
 */
final class ConsoleAssets {

	static final String JAVASCRIPT = "text/javascript";

	static final String CSS = "text/css";

	private final Map<String, Asset> assets = new LinkedHashMap<>();

	ConsoleAssets() {
		add("pico.css", "vendor/pico.css", CSS);
		add("uplot.css", "vendor/uplot.css", CSS);
		add("console.css", "console.css", CSS);
		add("uplot.js", "vendor/uplot.js", JAVASCRIPT);
		for (String module : new String[] { "api", "charts", "console", "decision", "delivery", "dom", "localdata",
				"notice", "report", "sent", "text-de", "text-en", "text" }) {
			add(module + ".js", module + ".js", JAVASCRIPT);
		}
	}

	private void add(String name, String file, String type) {
		this.assets.put(name,
				new Asset(new ClassPathResource(file, ConsoleAssets.class), MimeType.valueOf(type + ";charset=UTF-8")));
	}

	/**
	 * Find a file.
	 * @param name the name by which the page asks for it
	 * @return the file, or {@code null} if there is none of that name
	 */
	@Nullable Asset find(String name) {
		return this.assets.get(name);
	}

	/**
	 * A file of the page.
	 *
	 * @param resource what is in it
	 * @param type what it is
	 */
	record Asset(Resource resource, MimeType type) {

	}

}
