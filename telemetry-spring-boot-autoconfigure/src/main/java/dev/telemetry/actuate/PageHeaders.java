package dev.telemetry.actuate;

import java.util.Map;

import dev.telemetry.actuate.GuardedPaths.Area;

/**
 * The headers of everything that the guard stands in front of: a browser runs no script
 * but those of the console, asks no other origin, shows it in no frame and stores
 * nothing.
 */
final class PageHeaders {

	private static final Map<String, String> HEADERS = Map.of("Content-Security-Policy",
			"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
					+ "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
					+ "require-trusted-types-for 'script'",
			"X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "Cache-Control", "no-store");

	private PageHeaders() {
	}

	/**
	 * Return the headers of a part of the application.
	 * @param area what a path leads to
	 * @return values by name, none for what is not ours
	 */
	static Map<String, String> of(Area area) {
		return (area != Area.NONE) ? HEADERS : Map.of();
	}

}
