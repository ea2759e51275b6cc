package dev.telemetry.sink.otlp;

import dev.telemetry.event.Event;

/** Encodes an event as {@link EventSpan} states it. */
final class SpanEncoder implements RecordEncoder {

	private static final int TRACE_ID = 1;

	private static final int SPAN_ID = 2;

	private static final int NAME = 5;

	private static final int KIND = 6;

	private static final int START_TIME = 7;

	private static final int END_TIME = 8;

	private static final int ATTRIBUTES = 9;

	private static final int STATUS = 15;

	private static final int STATUS_CODE = 3;

	private static final int FLAGS = 16;

	private static final int ERROR = 2;

	private static final int INTERNAL = 1;

	/** Sampled, and of a parent that is known not to be in another process. */
	private static final int SAMPLED_WITH_LOCAL_PARENT = 0x101;

	private static final byte[] FAILED = new ProtobufWriter(8).tag(STATUS, ProtobufWriter.BYTES)
		.varint(2)
		.tag(STATUS_CODE, ProtobufWriter.VARINT)
		.varint(ERROR)
		.toByteArray();

	private static final byte[] UNSET = new ProtobufWriter(8).tag(STATUS, ProtobufWriter.BYTES).varint(0).toByteArray();

	private final AttributeEncoder attributes = new AttributeEncoder(ATTRIBUTES, "event.id");

	@Override
	public void encode(Event event, ProtobufWriter out) {
		long low = event.id().getLeastSignificantBits();
		// Without a span id OpenTelemetry has no trace id either
		long high = (low != 0) ? event.id().getMostSignificantBits() : 0;
		out.tag(TRACE_ID, ProtobufWriter.BYTES).varint(16).fixed64(Long.reverseBytes(high));
		out.fixed64(Long.reverseBytes(low));
		out.tag(SPAN_ID, ProtobufWriter.BYTES).varint(8).fixed64(Long.reverseBytes(low));
		out.bytes(NAME, ProtobufWriter.utf8(event.tool() + "." + event.name()));
		out.tag(KIND, ProtobufWriter.VARINT).varint(INTERNAL);
		time(START_TIME, EventSpan.startNanos(event), out);
		time(END_TIME, EventSpan.endNanos(event), out);
		this.attributes.write(event, event.tool() + ".", event.id().toString(), out);
		out.raw(EventAttributes.failed(event) ? FAILED : UNSET);
		out.tag(FLAGS, ProtobufWriter.FIXED32).fixed32(SAMPLED_WITH_LOCAL_PARENT);
	}

	private static void time(int field, long nanos, ProtobufWriter out) {
		if (nanos != 0) {
			out.tag(field, ProtobufWriter.FIXED64).fixed64(nanos);
		}
	}

}
