package dev.telemetry.actuate;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Says why a command may have been refused before it reached the endpoint. Spring
 * Security refuses each write without a CSRF token unless the application says otherwise,
 * and answers 403, which turns into 401 where the page for errors needs authentication,
 * too. Nothing in that answer names the cause.
 * <p>
 * Adds a response header, and once a line in the log. The decision, the status and the
 * body are those of the application. Spring Security is known by name alone.
 */
final class CsrfHint {

	static final String HEADER = "Telemetry-Refused";

	/**
	 * True whatever the application says: the token is missing, and this is the default.
	 */
	static final String TEXT = "csrf-token-missing; Spring Security refuses writes without a CSRF token unless it is told"
			+ " otherwise";

	private static final Log logger = LogFactory.getLog(CsrfHint.class);

	/** By default, and with a repository that stores the token in a cookie. */
	private static final List<String> TOKEN_HEADERS = List.of("X-CSRF-TOKEN", "X-XSRF-TOKEN");

	private final AtomicBoolean logged = new AtomicBoolean();

	/**
	 * Look at a command that is being refused with 403.
	 * @param sent knows which headers the request has
	 * @param answer takes a header of the response
	 */
	void explain(Predicate<String> sent, BiConsumer<String, String> answer) {
		if (TOKEN_HEADERS.stream().noneMatch(sent)) {
			answer.accept(HEADER, TEXT);
			if (this.logged.compareAndSet(false, true)) {
				logger.info("Telemetry: a command over HTTP was refused before it reached the endpoint. It has no CSRF"
						+ " token, and Spring Security asks for one unless it is told otherwise: send the token, or"
						+ " leave the endpoint 'telemetry' out of the CSRF protection. This is logged once");
			}
		}
	}

}
