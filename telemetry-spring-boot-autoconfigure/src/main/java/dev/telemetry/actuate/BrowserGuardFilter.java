package dev.telemetry.actuate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The {@link BrowserGuard} in front of servlets. Has to run after the filter that applies
 * forwarded headers and before anything that reads the body.
 */
public final class BrowserGuardFilter implements Filter {

	private final BrowserGuard guard;

	private final CsrfHint hint = new CsrfHint();

	public BrowserGuardFilter(BrowserGuard guard) {
		this.guard = guard;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request instanceof HttpServletRequest httpRequest && response instanceof HttpServletResponse httpResponse) {
			guard(httpRequest, httpResponse, chain);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private void guard(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		GuardedRequest described = describe(request);
		PageHeaders.of(described.area()).forEach(response::setHeader);
		GuardVerdict verdict = this.guard.judge(described);
		if (verdict.isRefusal()) {
			refuse(response, verdict);
		}
		else if (BrowserGuard.isCommand(described)) {
			guardBody(request, response, chain);
		}
		else {
			Map<String, String> parameters = this.guard.parameters(described, verdict,
					headers(request, "Accept-Language"), prefix(request));
			chain.doFilter(parameters.isEmpty() ? request : new GuardedParameters(request, parameters), response);
		}
	}

	private void guardBody(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		byte[] body = request.getInputStream().readNBytes(CommandBody.MAX_BYTES + 1);
		GuardVerdict verdict = CommandBody.judge(body);
		if (verdict.isRefusal()) {
			refuse(response, verdict);
		}
		else {
			chain.doFilter(new ReadRequest(request, body), new HintedResponse(request, response, this.hint));
		}
	}

	private static void refuse(HttpServletResponse response, GuardVerdict verdict) throws IOException {
		response.setStatus(verdict.status());
		response.setContentType("application/json");
		response.getOutputStream().write(verdict.body());
		// Before the container waits for the rest of a body that is not read
		response.flushBuffer();
	}

	private GuardedRequest describe(HttpServletRequest request) {
		WebOrigin site = WebOrigin.of(request.getScheme(), request.getServerName(), request.getServerPort());
		return new GuardedRequest(this.guard.area(paths(request)), request.getMethod(),
				request.getQueryString() != null, headers(request, "Content-Type"), headers(request, "Origin"),
				headers(request, "Sec-Fetch-Site"), site,
				AddressedHost.of(site, (name) -> headers(request, name), unwrapped(request)));
	}

	private static ServletRequest unwrapped(ServletRequest request) {
		ServletRequest inner = request;
		while (inner instanceof ServletRequestWrapper wrapper) {
			inner = wrapper.getRequest();
		}
		return inner;
	}

	/**
	 * Spring matches the path as it was sent, the container mapped the one it decoded;
	 * the last is for a dispatcher servlet with a path of its own.
	 */
	private static List<String> paths(HttpServletRequest request) {
		List<String> paths = new ArrayList<>();
		String uri = request.getRequestURI();
		paths.add(uri.substring(Math.min(uri.length(), request.getContextPath().length())));
		@Nullable String pathInfo = request.getPathInfo();
		if (pathInfo != null) {
			paths.add(pathInfo);
		}
		paths.add(request.getServletPath() + ((pathInfo != null) ? pathInfo : ""));
		return paths;
	}

	/** The context path, which forwarded headers may have changed, and the servlet's. */
	private static String prefix(HttpServletRequest request) {
		return request.getContextPath() + ((request.getPathInfo() != null) ? request.getServletPath() : "");
	}

	private static List<String> headers(HttpServletRequest request, String name) {
		return Collections.list(request.getHeaders(name));
	}

	/** A request with parameters that only the guard sets. */
	private static final class GuardedParameters extends HttpServletRequestWrapper {

		private final Map<String, String> added;

		GuardedParameters(HttpServletRequest request, Map<String, String> added) {
			super(request);
			this.added = added;
		}

		@Override
		public Map<String, String[]> getParameterMap() {
			Map<String, String[]> parameters = new LinkedHashMap<>(super.getParameterMap());
			this.added.forEach((name, value) -> parameters.put(name, new String[] { value }));
			return Collections.unmodifiableMap(parameters);
		}

	}

}
