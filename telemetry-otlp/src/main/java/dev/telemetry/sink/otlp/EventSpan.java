package dev.telemetry.sink.otlp;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.telemetry.event.Event;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;

/**
 * An event as a root span. The trace id is the event's id, so a batch that is sent twice
 * is the same trace twice; the span id is its second half, whose random bits tell spans
 * apart. The span ends when the event was recorded and began {@code duration_ms} before;
 * at least a millisecond, since some destinations fail on spans of no length.
 */
final class EventSpan implements SpanData {

	private static final double MIN_MILLIS = 1;

	/** More would be an error of the application's clock, not a duration. */
	private static final double MAX_MILLIS = TimeUnit.DAYS.toMillis(365);

	private final Event event;

	private final Resource resource;

	private final SpanContext context;

	private final Attributes attributes;

	EventSpan(Event event, Resource resource) {
		this.event = event;
		this.resource = resource;
		long high = event.id().getMostSignificantBits();
		long low = event.id().getLeastSignificantBits();
		this.context = SpanContext.create(hex(high) + hex(low), hex(low), TraceFlags.getSampled(),
				TraceState.getDefault());
		this.attributes = new EventAttributes().id(event).values(event, event.tool() + ".").build();
	}

	private static String hex(long bits) {
		return HexFormat.of().toHexDigits(bits);
	}

	@Override
	public String getName() {
		return this.event.tool() + "." + this.event.name();
	}

	@Override
	public SpanKind getKind() {
		return SpanKind.INTERNAL;
	}

	@Override
	public SpanContext getSpanContext() {
		return this.context;
	}

	@Override
	public SpanContext getParentSpanContext() {
		return SpanContext.getInvalid();
	}

	@Override
	public StatusData getStatus() {
		return EventAttributes.failed(this.event) ? StatusData.error() : StatusData.unset();
	}

	static long startNanos(Event event) {
		double millis = (event.attribute("duration_ms") instanceof Number duration) ? duration.doubleValue() : 0;
		return endNanos(event) - (long) (Math.min(MAX_MILLIS, Math.max(MIN_MILLIS, millis)) * 1_000_000);
	}

	static long endNanos(Event event) {
		return TimeUnit.MILLISECONDS.toNanos(event.timestampMillis());
	}

	@Override
	public long getStartEpochNanos() {
		return startNanos(this.event);
	}

	@Override
	public long getEndEpochNanos() {
		return endNanos(this.event);
	}

	@Override
	public boolean hasEnded() {
		return true;
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
	public List<EventData> getEvents() {
		return List.of();
	}

	@Override
	public int getTotalRecordedEvents() {
		return 0;
	}

	@Override
	public List<LinkData> getLinks() {
		return List.of();
	}

	@Override
	public int getTotalRecordedLinks() {
		return 0;
	}

	@Override
	@Deprecated
	@SuppressWarnings("deprecation") // the interface still demands the deprecated type
	public io.opentelemetry.sdk.common.InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
		return io.opentelemetry.sdk.common.InstrumentationLibraryInfo.create("dev.telemetry", null);
	}

	@Override
	public InstrumentationScopeInfo getInstrumentationScopeInfo() {
		return EventAttributes.SCOPE;
	}

	@Override
	public Resource getResource() {
		return this.resource;
	}

}
