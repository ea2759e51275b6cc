package dev.telemetry.sink.otlp;

import java.util.concurrent.TimeUnit;

import dev.telemetry.event.Event;
import io.opentelemetry.api.logs.Severity;

/** Encodes an event as {@link EventLogRecord} states it. */
final class LogRecordEncoder implements RecordEncoder {

	private static final int TIME = 1;

	private static final int SEVERITY_NUMBER = 2;

	private static final int SEVERITY_TEXT = 3;

	private static final int ATTRIBUTES = 6;

	private static final int OBSERVED_TIME = 11;

	private static final int EVENT_NAME = 12;

	private static final byte[] ERROR = severity(Severity.ERROR);

	private static final byte[] INFO = severity(Severity.INFO);

	private static final byte[] KEY_ID = AttributeShape.field("event.id");

	private static final byte[] KEY_NAME = AttributeShape.field("event.name");

	private static final byte[] KEY_TYPE = AttributeShape.field("event.type");

	private static final byte[] KEY_RATE = AttributeShape.field("sampling.rate");

	private final AttributeEncoder attributes = new AttributeEncoder(ATTRIBUTES, "");

	private static byte[] severity(Severity severity) {
		return new ProtobufWriter(16).tag(SEVERITY_NUMBER, ProtobufWriter.VARINT)
			.varint(severity.getSeverityNumber())
			.bytes(SEVERITY_TEXT, ProtobufWriter.utf8(severity.name()))
			.toByteArray();
	}

	/** The four keys come in this order, and before any with the prefix. */
	@Override
	public void encode(Event event, ProtobufWriter out) {
		long nanos = TimeUnit.MILLISECONDS.toNanos(event.timestampMillis());
		if (nanos != 0) {
			out.tag(TIME, ProtobufWriter.FIXED64).fixed64(nanos);
			out.tag(OBSERVED_TIME, ProtobufWriter.FIXED64).fixed64(nanos);
		}
		out.raw(EventAttributes.failed(event) ? ERROR : INFO);
		this.attributes.write(KEY_ID, event.id().toString(), out);
		this.attributes.write(KEY_NAME, event.name(), out);
		String type = event.type();
		if (type != null) {
			this.attributes.write(KEY_TYPE, type, out);
		}
		if (event.samplingRate() < 1) {
			this.attributes.write(KEY_RATE, event.samplingRate(), out);
		}
		this.attributes.write(event, EventLogRecord.PREFIX, "", out);
		out.bytes(EVENT_NAME, ProtobufWriter.utf8(event.name()));
	}

}
