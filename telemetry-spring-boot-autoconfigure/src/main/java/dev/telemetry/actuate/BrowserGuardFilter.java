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
		GuardVerdict verdict = this.guard.judge(described);
		if (verdict.isRefusal()) {
			refuse(response, verdict);
		}
		else if (BrowserGuard.isCommand(described)) {
			guardBody(request, response, chain);
		}
		else {
			chain.doFilter(
					(verdict == GuardVerdict.VOUCH) ? new VouchedRequest(request, this.guard.voucher()) : request,
					response);
		}
	}

	private static void guardBody(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		byte[] body = request.getInputStream().readNBytes(CommandBody.MAX_BYTES + 1);
		GuardVerdict verdict = CommandBody.judge(body);
		if (verdict.isRefusal()) {
			refuse(response, verdict);
		}
		else {
			chain.doFilter(new ReadRequest(request, body), response);
		}
	}

	private static void refuse(HttpServletResponse response, GuardVerdict verdict) throws IOException {
		response.setStatus(verdict.status());
		response.setContentType("application/json");
		response.getOutputStream().write(verdict.body());
		// Before the container waits for the rest of a body that nobody wants
		response.flushBuffer();
	}

	private GuardedRequest describe(HttpServletRequest request) {
		boolean oneHost = headers(request, "Host").size() <= 1;
		return new GuardedRequest(this.guard.area(paths(request)), request.getMethod(),
				request.getQueryString() != null, headers(request, "Content-Type"), headers(request, "Origin"),
				headers(request, "Sec-Fetch-Site"),
				oneHost ? Site.of(request.getScheme(), request.getServerName(), request.getServerPort()) : null);
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

	private static List<String> headers(HttpServletRequest request, String name) {
		return Collections.list(request.getHeaders(name));
	}

	/** A request with one parameter more. */
	private static final class VouchedRequest extends HttpServletRequestWrapper {

		private final String voucher;

		VouchedRequest(HttpServletRequest request, String voucher) {
			super(request);
			this.voucher = voucher;
		}

		@Override
		public Map<String, String[]> getParameterMap() {
			Map<String, String[]> parameters = new LinkedHashMap<>(super.getParameterMap());
			parameters.put(BrowserGuard.VOUCHER_PARAMETER, new String[] { this.voucher });
			return Collections.unmodifiableMap(parameters);
		}

	}

}
