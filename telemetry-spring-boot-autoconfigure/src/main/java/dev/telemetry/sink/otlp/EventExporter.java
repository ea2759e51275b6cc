package dev.telemetry.sink.otlp;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.http.HttpAnswer;
import dev.telemetry.sink.http.HttpTransport;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to one of OpenTelemetry's exporters, a private one: it knows no global
 * instance, no variable, no other sender and no retry.
 */
final class EventExporter {

	private final OtlpHttpSender sender;

	private final Consumer<List<Event>> exporter;

	private EventExporter(OtlpHttpSender sender, Consumer<List<Event>> exporter) {
		this.sender = sender;
		this.exporter = exporter;
	}

	static EventExporter of(OtlpSettings settings, @Nullable String optInSource, HttpTransport transport) {
		OtlpHttpSender sender = new OtlpHttpSender(transport);
		Resource resource = ResourceAttributes.of(settings.resource(), optInSource);
		return new EventExporter(sender, (settings.signal() == OtlpSignal.LOGS) ? logs(settings, sender, resource)
				: spans(settings, sender, resource));
	}

	private static Consumer<List<Event>> logs(OtlpSettings settings, OtlpHttpSender sender, Resource resource) {
		OtlpHttpLogRecordExporter exporter = OtlpHttpLogRecordExporter.builder()
			.setComponentLoader(new OnlySender(sender))
			.setEndpoint(settings.http().endpoint().toString())
			.setMeterProvider(MeterProvider.noop())
			.setRetryPolicy(null)
			.build();
		return (events) -> exporter.export(map(events, (event) -> new EventLogRecord(event, resource)));
	}

	private static Consumer<List<Event>> spans(OtlpSettings settings, OtlpHttpSender sender, Resource resource) {
		OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
			.setComponentLoader(new OnlySender(sender))
			.setEndpoint(settings.http().endpoint().toString())
			.setMeterProvider(MeterProvider.noop())
			.setRetryPolicy(null)
			.build();
		return (events) -> exporter.export(map(events, (event) -> new EventSpan(event, resource)));
	}

	private static <T> Collection<T> map(List<Event> events, Function<Event, T> mapping) {
		return events.stream().map(mapping).toList();
	}

	/** Export events in one request and return the answer to it. */
	HttpAnswer export(List<Event> events) throws TelemetryException {
		this.exporter.accept(events);
		HttpAnswer answer = this.sender.takeAnswer();
		if (answer == null) {
			throw new TelemetryException(TelemetryException.Kind.SERIALIZATION,
					"OpenTelemetry's exporter made no request", true, null);
		}
		return answer;
	}

	/** Offers our sender and nothing else: the class path is not searched. */
	private record OnlySender(OtlpHttpSender sender) implements ComponentLoader {

		@Override
		public <T> Iterable<T> load(Class<T> type) {
			if (type != HttpSenderProvider.class) {
				return List.of();
			}
			HttpSenderProvider provider = (config) -> this.sender;
			return List.of(type.cast(provider));
		}

	}

}
