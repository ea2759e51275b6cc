package dev.telemetry.console;

import java.util.function.Function;

import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;

/**
 * Reads the token of the exchange that is in the context, where the browser guard put it.
 */
final class ReactiveRequestToken implements Function<ContextView, Mono<RequestToken>> {

	@Override
	public Mono<RequestToken> apply(ContextView context) {
		return Mono.justOrEmpty(ServerWebExchangeContextFilter.getExchange(context))
			.flatMap((exchange) -> (exchange.getAttribute(CsrfToken.class.getName()) instanceof Mono<?> token)
					? token.cast(CsrfToken.class) : Mono.empty())
			.map((token) -> new RequestToken(token.getHeaderName(), token.getToken()))
			.defaultIfEmpty(RequestToken.NONE);
	}

}
