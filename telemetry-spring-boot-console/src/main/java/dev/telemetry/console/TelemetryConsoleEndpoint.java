package dev.telemetry.console;

import java.util.Map;
import java.util.function.Supplier;

import dev.telemetry.Internal;
import dev.telemetry.console.ConsoleAssets.Asset;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * {@link WebEndpoint @WebEndpoint} with the page on which a user sees what telemetry
 * does, and decides. Only shows: the page calls the endpoint {@code telemetry}.
 */
@Internal
@WebEndpoint(id = "telemetryconsole")
public final class TelemetryConsoleEndpoint {

	/** The document with the token for writes, beside the files of the page. */
	static final String TOKEN = "token";

	private static final MimeType HTML = MimeType.valueOf("text/html;charset=UTF-8");

	private final ConsolePage page;

	private final ConsoleAssets assets = new ConsoleAssets();

	private final Supplier<RequestToken> token;

	TelemetryConsoleEndpoint(ConsolePage page, Supplier<RequestToken> token) {
		this.page = page;
		this.token = token;
	}

	/**
	 * Return the page.
	 * @param prefix set by the browser guard: what stands before the paths of the
	 * endpoints
	 * @return the page
	 */
	@ReadOperation(produces = "text/html")
	public WebEndpointResponse<Resource> page(@Nullable String prefix) {
		return new WebEndpointResponse<>(this.page.render((prefix != null) ? prefix : ""), HTML);
	}

	/**
	 * Return a file of the page, or the token for writes.
	 * @param name which one
	 * @return the file, or 404 if there is none of that name
	 */
	@ReadOperation(produces = { ConsoleAssets.JAVASCRIPT, ConsoleAssets.CSS, "application/json" })
	public WebEndpointResponse<?> file(@Selector String name) {
		return name.equals(TOKEN) ? document(this.token.get()) : asset(name);
	}

	WebEndpointResponse<?> asset(String name) {
		Asset asset = this.assets.find(name);
		return (asset != null) ? new WebEndpointResponse<>(asset.resource(), asset.type())
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

	static WebEndpointResponse<Map<String, String>> document(RequestToken token) {
		return new WebEndpointResponse<>(token.toDocument(), MimeTypeUtils.APPLICATION_JSON);
	}

}
