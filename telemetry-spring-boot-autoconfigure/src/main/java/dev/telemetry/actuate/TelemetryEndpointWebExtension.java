package dev.telemetry.actuate;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import dev.telemetry.actuate.TelemetryEndpoint.CommandDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.RefusedDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.ResetDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.StatusDescriptor;
import dev.telemetry.deletion.DeletionOutcome;
import dev.telemetry.insight.ReportQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} for the {@link TelemetryEndpoint}:
 * the paths and the status codes.
 */
@EndpointWebExtension(endpoint = TelemetryEndpoint.class)
public final class TelemetryEndpointWebExtension {

	/** What shows what was recorded. */
	private static final Set<String> GUARDED = Set.of("events", "sent", "report", "export");

	private static final int ACCEPTED = 202;

	private static final int FORBIDDEN = 403;

	private static final int CONFLICT = 409;

	private final TelemetryEndpoint endpoint;

	private final TelemetryViews views;

	private final BrowserGuard guard;

	private final ConsoleLink consoleLink;

	private final ReportAnswers reports;

	/**
	 * Create an extension.
	 * @param endpoint carries out commands
	 * @param views what there is to see
	 * @param guard vouches for hosts
	 * @param console tells the path of the console, or {@code null} when it is not
	 * exposed
	 */
	public TelemetryEndpointWebExtension(TelemetryEndpoint endpoint, TelemetryViews views, BrowserGuard guard,
			Supplier<@Nullable String> console) {
		this.endpoint = endpoint;
		this.views = views;
		this.guard = guard;
		this.consoleLink = new ConsoleLink(console);
		this.reports = new ReportAnswers(endpoint, views);
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
	 * Lead a browser to the page for people, instead of refusing it.
	 * @param voucher set by the guard
	 * @param prefix set by the guard
	 * @return a page with a link to the console
	 */
	@ReadOperation(produces = "text/html")
	public WebEndpointResponse<Resource> link(@Nullable String voucher, @Nullable String prefix) {
		String before = (prefix != null && this.guard.vouchedBy(voucher)) ? prefix : "";
		return new WebEndpointResponse<>(this.consoleLink.page(before), MimeType.valueOf("text/html;charset=UTF-8"));
	}

	/**
	 * Return one of the views; what was recorded only if the guard vouched for the host.
	 * @param view the name of the notice, the events, what was sent, the report or the
	 * export
	 * @param limit how many events or requests
	 * @param language the languages of the notice; set by the guard from
	 * {@code Accept-Language} where the caller names none
	 * @param voucher set by the guard
	 * @param since for a report: only what was recorded then or later
	 * @param until for a report: only what was recorded before
	 * @param event for a report: only events of this name, or of several with commas
	 * between them
	 * @param by for a report: the attribute whose values are groups
	 * @param sum for a report: the attribute whose numbers are added
	 * @return the view
	 */
	@ReadOperation
	public WebEndpointResponse<?> view(@Selector String view, @Nullable Integer limit, @Nullable String language,
			@Nullable String voucher, @Nullable String since, @Nullable String until, @Nullable String event,
			@Nullable String by, @Nullable String sum) {
		if (view.equals("notice")) {
			return new WebEndpointResponse<>(this.views.notice(language));
		}
		if (!GUARDED.contains(view)) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		if (!this.guard.vouchedBy(voucher)) {
			return notVouched();
		}
		if (view.equals("sent")) {
			return TelemetryViews.isLimit(limit) ? new WebEndpointResponse<>(this.views.sent().list(limit))
					: new WebEndpointResponse<>(this.endpoint.refused("invalid-limit", TelemetryViews.LIMIT_RULE),
							WebEndpointResponse.STATUS_BAD_REQUEST);
		}
		if (view.equals("report")) {
			return this.reports.answer(() -> ReportQuery.parse(since, until, names(event), by, sum));
		}
		return view.equals("events") ? new WebEndpointResponse<>(this.views.events(limit)) : new WebEndpointResponse<>(
				this.views.export(), WebEndpointResponse.STATUS_OK, MimeTypeUtils.APPLICATION_JSON);
	}

	private static List<String> names(@Nullable String event) {
		return (event != null) ? List.of(event.split(",", -1)) : List.of();
	}

	/**
	 * Return the body of a request that was sent, only if the guard vouched for the host.
	 * @param view {@code sent}
	 * @param id the id of the request
	 * @param form {@code wire} or nothing for the bytes, {@code decoded} for JSON
	 * @param voucher set by the guard
	 * @return the body
	 */
	@ReadOperation(produces = { "application/octet-stream", "application/json" })
	public WebEndpointResponse<?> body(@Selector String view, @Selector String id, @Nullable String form,
			@Nullable String voucher) {
		if (!view.equals("sent")) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		return this.guard.vouchedBy(voucher) ? body(this.views.sent().body(id, form)) : notVouched();
	}

	private WebEndpointResponse<?> body(SentView.BodyAnswer answer) {
		SentView.Refusal refused = answer.refused();
		return (refused == null)
				? new WebEndpointResponse<>(answer.content(), WebEndpointResponse.STATUS_OK, answer.type())
				: new WebEndpointResponse<>(this.endpoint.refused(refused.code(), refused.reason()), refused.status(),
						answer.type());
	}

	private WebEndpointResponse<?> notVouched() {
		GuardVerdict verdict = GuardVerdict.HOST_NOT_ALLOWED;
		return new WebEndpointResponse<>(this.endpoint.refused(verdict.code(), verdict.reason()), FORBIDDEN,
				MimeTypeUtils.APPLICATION_JSON);
	}

	/**
	 * Carry out a command without a body. A second operation on this path, because one
	 * with optional parameters would answer 415 to an empty body.
	 * @param action {@code enable}, {@code disable} or {@code reset}
	 * @return the answer
	 */
	@WriteOperation
	public WebEndpointResponse<?> command(@Selector String action) {
		return command(action, null, null, null);
	}

	/**
	 * Carry out a command with a JSON body.
	 * @param action {@code enable}, {@code disable} or {@code reset}
	 * @param scope for {@code enable}: {@code export} or "local"
	 * @param notice for {@code enable}: the hash of the notice agreed to
	 * @param locale for {@code enable}: the language in which the user saw the notice
	 * @return the answer
	 */
	@WriteOperation
	public WebEndpointResponse<?> command(@Selector String action, @Nullable String scope, @Nullable String notice,
			@Nullable String locale) {
		return switch (action) {
			case "enable" -> answer(this.endpoint.enable(scope, notice, locale, this.views.notice()),
					WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
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
			case "invalid-scope", "invalid-locale", "unknown-action" -> WebEndpointResponse.STATUS_BAD_REQUEST;
			default -> CONFLICT;
		};
	}

}
