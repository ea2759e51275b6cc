package dev.telemetry.console;

import java.util.function.Supplier;

import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Reads the token of the request that is being answered; Spring Security makes it when it
 * is read.
 */
final class ServletRequestToken implements Supplier<RequestToken> {

	@Override
	public RequestToken get() {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		Object token = (request != null)
				? request.getAttribute(CsrfToken.class.getName(), RequestAttributes.SCOPE_REQUEST) : null;
		return (token instanceof CsrfToken csrf) ? new RequestToken(csrf.getHeaderName(), csrf.getToken())
				: RequestToken.NONE;
	}

}
