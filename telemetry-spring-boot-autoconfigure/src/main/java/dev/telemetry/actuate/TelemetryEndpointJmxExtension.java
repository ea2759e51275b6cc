package dev.telemetry.actuate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.telemetry.actuate.NoticeView.NoticeDescriptor;
import dev.telemetry.actuate.SentView.SentDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.CommandDescriptor;
import dev.telemetry.actuate.TelemetryViews.EventsDescriptor;
import dev.telemetry.insight.ReportQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.jmx.annotation.EndpointJmxExtension;

/**
 * {@link EndpointJmxExtension @EndpointJmxExtension} for the {@link TelemetryEndpoint}:
 * the commands as operations of their own, which over HTTP would all be the same path.
 */
@EndpointJmxExtension(endpoint = TelemetryEndpoint.class)
public final class TelemetryEndpointJmxExtension {

	private final TelemetryEndpoint endpoint;

	private final TelemetryViews views;

	public TelemetryEndpointJmxExtension(TelemetryEndpoint endpoint, TelemetryViews views) {
		this.endpoint = endpoint;
		this.views = views;
	}

	@WriteOperation
	public CommandDescriptor enable(@Nullable String scope, @Nullable String notice) {
		return this.endpoint.enable(scope, notice);
	}

	@WriteOperation
	public CommandDescriptor disable() {
		return this.endpoint.disable();
	}

	@ReadOperation
	public NoticeDescriptor notice(@Nullable String language) {
		return this.views.notice(language);
	}

	@ReadOperation
	public EventsDescriptor events(@Nullable Integer limit) {
		return this.views.events(limit);
	}

	@ReadOperation
	public SentDescriptor sent(@Nullable Integer limit) {
		return this.views.sent().list(limit);
	}

	/**
	 * Return the body of a request that was sent. JMX is for text: the bytes are in the
	 * export.
	 * @param id the id of the request
	 * @return JSON, or {@code null} if there is none
	 */
	@ReadOperation
	public @Nullable String sentText(String id) {
		return this.views.sent().text(id);
	}

	/**
	 * Return what the whole local log says, counted.
	 * @param since only what was recorded then or later
	 * @param until only what was recorded before
	 * @param event only events of this name
	 * @param by the attribute whose values are groups
	 * @param sum the attribute whose numbers are added
	 * @return one JSON document
	 */
	@ReadOperation
	public String report(@Nullable String since, @Nullable String until, @Nullable String event, @Nullable String by,
			@Nullable String sum) {
		try {
			return this.views
				.report(ReportQuery.parse(since, until, (event != null) ? List.of(event) : List.of(), by, sum));
		}
		catch (IllegalArgumentException ex) {
			String reason = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(reason, reason);
		}
	}

	/**
	 * Return everything kept here about this installation. JMX has no streams: the whole
	 * document is in memory.
	 * @return one JSON document
	 * @throws IOException if what is kept cannot be read
	 */
	@ReadOperation
	public String export() throws IOException {
		return this.views.export().getContentAsString(StandardCharsets.UTF_8);
	}

}
