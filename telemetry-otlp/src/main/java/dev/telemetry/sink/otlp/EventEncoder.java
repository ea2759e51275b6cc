package dev.telemetry.sink.otlp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.telemetry.event.Event;
import dev.telemetry.sent.SentText;
import org.jspecify.annotations.Nullable;

/** Encodes batches of events, each event once. Used by one thread. */
final class EventEncoder {

	/** {@code ScopeLogs.log_records} and {@code ScopeSpans.spans}. */
	private static final int RECORDS = 2;

	/** {@code ResourceLogs.resource} and {@code ResourceSpans.resource}. */
	private static final int RESOURCE = 1;

	private static final int RESOURCE_ATTRIBUTES = 1;

	/** Bounds what is remembered: each source is a session. */
	private static final int MAX_SOURCES = 64;

	private final RecordEncoder records;

	private final ResourceAttributes resources;

	private final SentText text;

	private final AttributeEncoder attributes = new AttributeEncoder(RESOURCE_ATTRIBUTES, "");

	private final Map<EventSource, EncodedSource> sources = new HashMap<>();

	private @Nullable EncodedSource last;

	private final ProtobufWriter record = new ProtobufWriter(1024);

	private final ProtobufWriter encoded = new ProtobufWriter(64 * 1024);

	/**
	 * Create an encoder.
	 * @param records encodes one event
	 * @param resources tells what is said about where it was recorded
	 * @param text reads requests for people
	 */
	EventEncoder(RecordEncoder records, ResourceAttributes resources, SentText text) {
		this.records = records;
		this.resources = resources;
		this.text = text;
	}

	/**
	 * Encode a batch.
	 * @param events the events
	 * @return what requests are made of, until the next batch is encoded
	 */
	EncodedEvents encode(List<Event> events) {
		this.encoded.clear();
		if (this.sources.size() > MAX_SOURCES) {
			this.sources.clear();
			this.last = null;
		}
		int[] ends = new int[events.size()];
		EncodedSource[] from = new EncodedSource[events.size()];
		for (int i = 0; i < ends.length; i++) {
			Event event = events.get(i);
			this.record.clear();
			this.records.encode(event, this.record);
			this.encoded.tag(RECORDS, ProtobufWriter.BYTES).varint(this.record.length()).raw(this.record);
			ends[i] = this.encoded.length();
			from[i] = source(event);
		}
		return new EncodedEvents(this.encoded, ends, from, this.text);
	}

	private EncodedSource source(Event event) {
		EncodedSource source = this.last;
		if (source == null || !source.source().isOf(event)) {
			source = this.sources.computeIfAbsent(EventSource.of(event), this::encode);
			this.last = source;
		}
		return source;
	}

	private EncodedSource encode(EventSource source) {
		ProtobufWriter attributes = new ProtobufWriter(512);
		this.resources.of(source)
			.forEach((key, value) -> this.attributes.write(AttributeShape.field(key), value, attributes));
		ProtobufWriter resource = new ProtobufWriter(512).tag(RESOURCE, ProtobufWriter.BYTES)
			.varint(attributes.length())
			.raw(attributes);
		return new EncodedSource(source, resource.toByteArray());
	}

	/**
	 * The resource of a source.
	 *
	 * @param source the source
	 * @param resource the field that holds its resource
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	record EncodedSource(EventSource source, byte[] resource) {

	}

}
