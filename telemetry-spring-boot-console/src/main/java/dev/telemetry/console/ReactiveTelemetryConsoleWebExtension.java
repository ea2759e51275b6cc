package dev.telemetry.console;

import java.util.function.Function;

import dev.telemetry.Internal;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} for the
 * {@link TelemetryConsoleEndpoint} on WebFlux, where the token of a request comes later.
 */
@Internal
@EndpointWebExtension(endpoint = TelemetryConsoleEndpoint.class)
public final class ReactiveTelemetryConsoleWebExtension {

	private final TelemetryConsoleEndpoint endpoint;

	private final Function<ContextView, Mono<RequestToken>> token;

	ReactiveTelemetryConsoleWebExtension(TelemetryConsoleEndpoint endpoint,
			Function<ContextView, Mono<RequestToken>> token) {
		this.endpoint = endpoint;
		this.token = token;
	}

	/**
	 * Return a file of the page, or the token for writes.
	 * @param name which one
	 * @return the file, or 404 if there is none of that name
	 */
	@ReadOperation(produces = { ConsoleAssets.JAVASCRIPT, ConsoleAssets.CSS, "application/json" })
	public Mono<WebEndpointResponse<?>> file(@Selector String name) {
		if (name.equals(TelemetryConsoleEndpoint.TOKEN)) {
			return Mono.deferContextual(this.token).map(TelemetryConsoleEndpoint::document);
		}
		return Mono.fromSupplier(() -> this.endpoint.asset(name));
	}

}
