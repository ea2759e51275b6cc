package dev.telemetry.actuate;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The response to a command, which gets the {@link CsrfHint} as soon as it is refused:
 * containers ignore headers that are set after an error was sent.
 */
final class HintedResponse extends HttpServletResponseWrapper {

	/** Under this name Spring Security puts the token into a request that it protects. */
	private static final String TOKEN = "org.springframework.security.web.csrf.CsrfToken";

	/** Under this name it puts whom it has recognized, after the token was checked. */
	private static final String RECOGNIZED = "org.springframework.security.web.context"
			+ ".RequestAttributeSecurityContextRepository.SPRING_SECURITY_CONTEXT";

	private final HttpServletRequest request;

	private final CsrfHint hint;

	HintedResponse(HttpServletRequest request, HttpServletResponse response, CsrfHint hint) {
		super(response);
		this.request = request;
		this.hint = hint;
	}

	@Override
	public void setStatus(int status) {
		explain(status);
		super.setStatus(status);
	}

	@Override
	public void sendError(int status) throws IOException {
		explain(status);
		super.sendError(status);
	}

	@Override
	public void sendError(int status, @Nullable String message) throws IOException {
		explain(status);
		super.sendError(status, message);
	}

	private void explain(int status) {
		if (status == SC_FORBIDDEN && this.request.getAttribute(TOKEN) != null
				&& this.request.getAttribute(RECOGNIZED) == null) {
			this.hint.explain((header) -> this.request.getHeader(header) != null, this::setHeader);
		}
	}

}
