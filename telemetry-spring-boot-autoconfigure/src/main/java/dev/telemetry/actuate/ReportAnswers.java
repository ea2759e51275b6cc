package dev.telemetry.actuate;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import dev.telemetry.insight.ReportQuery;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

/**
 * Answers requests for a report over HTTP, one at a time: each reads the whole log.
 */
final class ReportAnswers {

	private static final int TOO_MANY_REQUESTS = 429;

	private final TelemetryEndpoint endpoint;

	private final TelemetryViews views;

	private final AtomicBoolean busy = new AtomicBoolean();

	ReportAnswers(TelemetryEndpoint endpoint, TelemetryViews views) {
		this.endpoint = endpoint;
		this.views = views;
	}

	/**
	 * Answer a request.
	 * @param parameters understands what is asked for, or says why it cannot be
	 * @return the report, or why there is none
	 */
	WebEndpointResponse<?> answer(Supplier<ReportQuery> parameters) {
		ReportQuery query;
		try {
			query = parameters.get();
		}
		catch (IllegalArgumentException ex) {
			return refused("invalid-parameter", String.valueOf(ex.getMessage()),
					WebEndpointResponse.STATUS_BAD_REQUEST);
		}
		if (!this.busy.compareAndSet(false, true)) {
			return refused("busy", "another report is being made; ask again when it is done", TOO_MANY_REQUESTS);
		}
		try {
			return new WebEndpointResponse<>(
					new ByteArrayResource(this.views.report(query).getBytes(StandardCharsets.UTF_8)),
					WebEndpointResponse.STATUS_OK, MimeTypeUtils.APPLICATION_JSON);
		}
		catch (UncheckedIOException ex) {
			return refused("not-read", "the local log cannot be read",
					WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR);
		}
		finally {
			this.busy.set(false);
		}
	}

	private WebEndpointResponse<?> refused(String code, String reason, int status) {
		return new WebEndpointResponse<>(this.endpoint.refused(code, reason), status);
	}

}
