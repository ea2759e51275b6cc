package dev.telemetry.sink.otlp;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import dev.telemetry.event.Event;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.TelemetryException;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to one of OpenTelemetry's exporters, a private one: it knows no global
 * instance, no variable, no other sender and no retry.
 */
final class EventExporter {

	private final Consumer<List<Event>> exporter;

	private EventExporter(Consumer<List<Event>> exporter) {
		this.exporter = exporter;
	}

	/**
	 * Create an exporter.
	 * @param settings where to and as what
	 * @param optInSource the source of the consent grant
	 * @param senders provides the sender of the protocol to the exporter
	 */
	static EventExporter of(OtlpSettings settings, @Nullable String optInSource, ComponentLoader senders) {
		ResourceAttributes resources = new ResourceAttributes(settings.resource(), optInSource);
		String endpoint = settings.http().endpoint().toString();
		boolean grpc = settings.protocol() == OtlpProtocol.GRPC;
		if (settings.signal() == OtlpSignal.LOGS) {
			LogRecordExporter exporter = grpc ? grpcLogs(endpoint, senders) : httpLogs(endpoint, senders);
			return new EventExporter((events) -> exporter.export(map(events, resources, EventLogRecord::new)));
		}
		SpanExporter exporter = grpc ? grpcSpans(endpoint, senders) : httpSpans(endpoint, senders);
		return new EventExporter((events) -> exporter.export(map(events, resources, EventSpan::new)));
	}

	private static LogRecordExporter httpLogs(String endpoint, ComponentLoader senders) {
		return OtlpHttpLogRecordExporter.builder()
			.setComponentLoader(senders)
			.setEndpoint(endpoint)
			.setMeterProvider(MeterProvider.noop())
			.setRetryPolicy(null)
			.build();
	}

	private static LogRecordExporter grpcLogs(String endpoint, ComponentLoader senders) {
		return OtlpGrpcLogRecordExporter.builder()
			.setComponentLoader(senders)
			.setEndpoint(endpoint)
			.setMeterProvider(MeterProvider.noop())
			.setRetryPolicy(null)
			.build();
	}

	private static SpanExporter httpSpans(String endpoint, ComponentLoader senders) {
		return OtlpHttpSpanExporter.builder()
			.setComponentLoader(senders)
			.setEndpoint(endpoint)
			.setMeterProvider(MeterProvider.noop())
			.setRetryPolicy(null)
			.build();
	}

	private static SpanExporter grpcSpans(String endpoint, ComponentLoader senders) {
		return OtlpGrpcSpanExporter.builder()
			.setComponentLoader(senders)
			.setEndpoint(endpoint)
			.setMeterProvider(MeterProvider.noop())
			.setRetryPolicy(null)
			.build();
	}

	/** Events of one source get the same resource: the exporter groups by identity. */
	private static <T> Collection<T> map(List<Event> events, ResourceAttributes resources,
			BiFunction<Event, Resource, T> mapping) {
		Map<EventSource, Resource> known = new HashMap<>();
		return events.stream()
			.map((event) -> mapping.apply(event, known.computeIfAbsent(EventSource.of(event), resources::resource)))
			.toList();
	}

	/** Export events in one request. Its sender has the answer. */
	void export(List<Event> events) {
		this.exporter.accept(events);
	}

	/** Return an answer that the exporter must have asked for. */
	static <T> T required(@Nullable T answer) throws TelemetryException {
		if (answer == null) {
			throw new TelemetryException(TelemetryException.Kind.SERIALIZATION,
					"OpenTelemetry's exporter made no request", true, null);
		}
		return answer;
	}

}
