package dev.telemetry.actuate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import dev.telemetry.actuate.NoticeView.NoticeDescriptor;
import dev.telemetry.actuate.TelemetryEndpoint.CommandDescriptor;
import dev.telemetry.actuate.TelemetryViews.EventsDescriptor;
import org.jspecify.annotations.Nullable;

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
	public NoticeDescriptor notice() {
		return this.views.notice();
	}

	@ReadOperation
	public EventsDescriptor events(@Nullable Integer limit) {
		return this.views.events(limit);
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
