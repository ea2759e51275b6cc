package dev.telemetry.actuate;

import dev.telemetry.actuate.TelemetryEndpoint.CommandDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.RefusedDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.ResetDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.StatusDescriptor;
import dev.telemetry.deletion.DeletionOutcome;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.util.MimeTypeUtils;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} for the {@link TelemetryEndpoint}:
 * the paths and the status codes.
 */
@EndpointWebExtension(endpoint = TelemetryEndpoint.class)
public final class TelemetryEndpointWebExtension {

	private static final int ACCEPTED = 202;

	private static final int FORBIDDEN = 403;

	private static final int CONFLICT = 409;

	private final TelemetryEndpoint endpoint;

	private final TelemetryViews views;

	private final BrowserGuard guard;

	public TelemetryEndpointWebExtension(TelemetryEndpoint endpoint, TelemetryViews views, BrowserGuard guard) {
		this.endpoint = endpoint;
		this.views = views;
		this.guard = guard;
	}

	/**
	 * Return the status, with ids only if the guard vouched for the host.
	 * @param voucher set by the guard
	 * @return the status
	 */
	@ReadOperation
	public StatusDescriptor status(@Nullable String voucher) {
		StatusDescriptor status = this.endpoint.status();
		return this.guard.vouchedBy(voucher) ? status : status.withoutIds();
	}

	/**
	 * Return one of the views; what was recorded only if the guard vouched for the host.
	 * @param view {@code notice}, {@code events} or {@code export}
	 * @param limit how many events
	 * @param voucher set by the guard
	 * @return the view
	 */
	@ReadOperation
	public WebEndpointResponse<?> view(@Selector String view, @Nullable Integer limit, @Nullable String voucher) {
		if (view.equals("notice")) {
			return new WebEndpointResponse<>(this.views.notice());
		}
		if (!view.equals("events") && !view.equals("export")) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		if (!this.guard.vouchedBy(voucher)) {
			GuardVerdict verdict = GuardVerdict.HOST_NOT_ALLOWED;
			return new WebEndpointResponse<>(this.endpoint.refused(verdict.code(), verdict.reason()), FORBIDDEN);
		}
		return view.equals("events") ? new WebEndpointResponse<>(this.views.events(limit)) : new WebEndpointResponse<>(
				this.views.export(), WebEndpointResponse.STATUS_OK, MimeTypeUtils.APPLICATION_JSON);
	}

	/**
	 * Carry out a command without a body. A second operation on this path, because one
	 * with optional parameters would answer 415 to an empty body.
	 * @param action {@code enable}, {@code disable} or {@code reset}
	 * @return the answer
	 */
	@WriteOperation
	public WebEndpointResponse<?> command(@Selector String action) {
		return command(action, null, null);
	}

	/**
	 * Carry out a command with a JSON body.
	 * @param action {@code enable}, {@code disable} or {@code reset}
	 * @param scope for {@code enable}: {@code local} or {@code export}
	 * @param notice for {@code enable}: the hash of the notice agreed to
	 * @return the answer
	 */
	@WriteOperation
	public WebEndpointResponse<?> command(@Selector String action, @Nullable String scope, @Nullable String notice) {
		return switch (action) {
			case "enable" ->
				answer(this.endpoint.enable(scope, notice), WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
			case "disable" -> answer(this.endpoint.disable(), WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR);
			case "reset" -> reset();
			default -> answer(this.endpoint.refused("unknown-action", "the actions are enable, disable and reset"),
					WebEndpointResponse.STATUS_BAD_REQUEST);
		};
	}

	@DeleteOperation
	public WebEndpointResponse<ResetDescriptor> reset() {
		ResetDescriptor reset = this.endpoint.reset();
		if (reset.refused() != null) {
			return new WebEndpointResponse<>(reset, WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR);
		}
		boolean underWay = reset.deletion().outcome() == DeletionOutcome.REQUESTED;
		return new WebEndpointResponse<>(reset, underWay ? ACCEPTED : WebEndpointResponse.STATUS_OK);
	}

	private static WebEndpointResponse<CommandDescriptor> answer(CommandDescriptor answer, int notPersisted) {
		return new WebEndpointResponse<>(answer, (answer instanceof RefusedDescriptor refused)
				? status(refused, notPersisted) : WebEndpointResponse.STATUS_OK);
	}

	private static int status(RefusedDescriptor refused, int notPersisted) {
		return switch (refused.refused().code()) {
			case "not-persisted" -> notPersisted;
			case "invalid-scope", "unknown-action" -> WebEndpointResponse.STATUS_BAD_REQUEST;
			default -> CONFLICT;
		};
	}

}
