package dev.telemetry.sink.otlp;

import java.util.concurrent.TimeUnit;

import dev.telemetry.event.Event;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

/** An event as a log record, without a body and outside every trace. */
final class EventLogRecord implements LogRecordData {

	/** What stands before the name of an attribute of the event. */
	static final String PREFIX = "telemetry.attr.";

	private final Event event;

	private final Resource resource;

	private final Attributes attributes;

	EventLogRecord(Event event, Resource resource) {
		this.event = event;
		this.resource = resource;
		EventAttributes attributes = new EventAttributes().id(event)
			.put("event.name", event.name())
			.put("event.type", event.type())
			.values(event, PREFIX);
		if (event.samplingRate() < 1) {
			attributes.put("sampling.rate", event.samplingRate());
		}
		this.attributes = attributes.build();
	}

	@Override
	public Resource getResource() {
		return this.resource;
	}

	@Override
	public InstrumentationScopeInfo getInstrumentationScopeInfo() {
		return EventAttributes.SCOPE;
	}

	@Override
	public long getTimestampEpochNanos() {
		return TimeUnit.MILLISECONDS.toNanos(this.event.timestampMillis());
	}

	@Override
	public long getObservedTimestampEpochNanos() {
		return getTimestampEpochNanos();
	}

	@Override
	public SpanContext getSpanContext() {
		return SpanContext.getInvalid();
	}

	@Override
	public Severity getSeverity() {
		return EventAttributes.failed(this.event) ? Severity.ERROR : Severity.INFO;
	}

	@Override
	public String getSeverityText() {
		return getSeverity().name();
	}

	@Override
	@Deprecated
	@SuppressWarnings("deprecation") // the interface still demands the deprecated type
	public io.opentelemetry.sdk.logs.data.Body getBody() {
		return io.opentelemetry.sdk.logs.data.Body.empty();
	}

	@Override
	public io.opentelemetry.api.common.@Nullable Value<?> getBodyValue() {
		return null;
	}

	@Override
	public Attributes getAttributes() {
		return this.attributes;
	}

	@Override
	public int getTotalAttributeCount() {
		return this.attributes.size();
	}

	@Override
	public String getEventName() {
		return this.event.name();
	}

}
