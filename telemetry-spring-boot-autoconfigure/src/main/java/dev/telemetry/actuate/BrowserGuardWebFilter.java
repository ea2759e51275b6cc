package dev.telemetry.actuate;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.ClassUtils;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import static org.springframework.web.filter.reactive.ServerWebExchangeContextFilter.EXCHANGE_CONTEXT_ATTRIBUTE;

/**
 * The {@link BrowserGuard} in front of WebFlux. Forwarded headers, if the application
 * honours them, have been applied before any filter runs.
 */
public final class BrowserGuardWebFilter implements WebFilter, Ordered {

	/** Spring Security puts the token under the name of this type, unless it refuses. */
	private static final String TOKEN = "org.springframework.security.web.server.csrf.CsrfToken";

	private static final boolean SPRING_SECURITY = ClassUtils.isPresent(TOKEN,
			BrowserGuardWebFilter.class.getClassLoader());

	private final BrowserGuard guard;

	private final int order;

	private final CsrfHint hint = new CsrfHint();

	public BrowserGuardWebFilter(BrowserGuard guard, int order) {
		this.guard = guard;
		this.order = order;
	}

	@Override
	public int getOrder() {
		return this.order;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		GuardedRequest described = describe(exchange.getRequest());
		PageHeaders.of(described.area()).forEach(exchange.getResponse().getHeaders()::set);
		GuardVerdict verdict = this.guard.judge(described);
		if (verdict.isRefusal()) {
			return refuse(exchange.getResponse(), verdict);
		}
		if (BrowserGuard.isCommand(described)) {
			return guardBody(exchange, chain);
		}
		Map<String, String> parameters = this.guard.parameters(described, verdict,
				exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.ACCEPT_LANGUAGE),
				exchange.getRequest().getPath().contextPath().value());
		if (parameters.isEmpty()) {
			return chain.filter(exchange);
		}
		ServerHttpRequest guarded = new GuardedParameters(exchange.getRequest(), parameters);
		// By Spring's own key: the console asks for the token of the request
		return chain.filter(exchange.mutate().request(guarded).build())
			.contextWrite((context) -> context.put(EXCHANGE_CONTEXT_ATTRIBUTE, exchange));
	}

	private Mono<Void> guardBody(ServerWebExchange exchange, WebFilterChain chain) {
		// What is longer becomes one byte more than is allowed
		Mono<byte[]> body = DataBufferUtils.join(exchange.getRequest().getBody(), CommandBody.MAX_BYTES)
			.map(BrowserGuardWebFilter::bytes)
			.defaultIfEmpty(new byte[0])
			.onErrorReturn(DataBufferLimitException.class, new byte[CommandBody.MAX_BYTES + 1]);
		return body.flatMap((bytes) -> {
			GuardVerdict verdict = CommandBody.judge(bytes);
			if (verdict.isRefusal()) {
				return refuse(exchange.getResponse(), verdict);
			}
			DataBuffer again = exchange.getResponse().bufferFactory().wrap(bytes);
			ServerHttpRequest read = new ReadRequest(exchange.getRequest(), (bytes.length > 0) ? again : null);
			if (SPRING_SECURITY) {
				exchange.getResponse().beforeCommit(() -> explain(exchange));
			}
			return chain.filter(exchange.mutate().request(read).build());
		});
	}

	private Mono<Void> explain(ServerWebExchange exchange) {
		ServerHttpResponse response = exchange.getResponse();
		if (HttpStatus.FORBIDDEN.equals(response.getStatusCode()) && !exchange.getAttributes().containsKey(TOKEN)) {
			this.hint.explain(exchange.getRequest().getHeaders()::containsHeader, response.getHeaders()::set);
		}
		return Mono.empty();
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private static Mono<Void> refuse(ServerHttpResponse response, GuardVerdict verdict) {
		response.setStatusCode(HttpStatusCode.valueOf(verdict.status()));
		response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		DataBuffer body = response.bufferFactory().wrap(verdict.body());
		return response.writeWith(Mono.just(body));
	}

	private GuardedRequest describe(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		WebOrigin site = site(request.getURI());
		return new GuardedRequest(this.guard.area(List.of(request.getPath().pathWithinApplication().value())),
				request.getMethod().name(), request.getURI().getRawQuery() != null,
				headers.getOrEmpty(HttpHeaders.CONTENT_TYPE), headers.getOrEmpty(HttpHeaders.ORIGIN),
				headers.getOrEmpty("Sec-Fetch-Site"), site,
				AddressedHost.of(site, headers::getOrEmpty, ServerHttpRequestDecorator.getNativeRequest(request)));
	}

	/**
	 * Read the authority by our own rules: {@link URI#getHost()} is {@code null} for a
	 * host with an underscore and drops what comes before an at sign.
	 */
	private static @Nullable WebOrigin site(URI uri) {
		@Nullable String scheme = uri.getScheme();
		@Nullable String authority = uri.getRawAuthority();
		return (scheme != null && authority != null) ? WebOrigin.parse(scheme, authority) : null;
	}

	/** A request whose body was read already. */
	private static final class ReadRequest extends ServerHttpRequestDecorator {

		private final @Nullable DataBuffer body;

		ReadRequest(ServerHttpRequest request, @Nullable DataBuffer body) {
			super(request);
			this.body = body;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return Flux.from(Mono.justOrEmpty(this.body));
		}

	}

	/** A request with query parameters that only the guard sets. */
	private static final class GuardedParameters extends ServerHttpRequestDecorator {

		private final Map<String, String> added;

		GuardedParameters(ServerHttpRequest request, Map<String, String> added) {
			super(request);
			this.added = added;
		}

		@Override
		public MultiValueMap<String, String> getQueryParams() {
			MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>(super.getQueryParams());
			parameters.setAll(this.added);
			return CollectionUtils.unmodifiableMultiValueMap(parameters);
		}

	}

}
