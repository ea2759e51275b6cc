package dev.telemetry.sink.otlp;

import dev.telemetry.event.Event;
import dev.telemetry.setting.OtlpSignal;

/**
 * Encodes an event as the record of a signal, byte for byte as OpenTelemetry does with
 * {@link EventLogRecord} and {@link EventSpan}. Used by one thread.
 */
interface RecordEncoder {

	/**
	 * Encode an event.
	 * @param event the event
	 * @param out takes the fields of the record
	 */
	void encode(Event event, ProtobufWriter out);

	static RecordEncoder of(OtlpSignal signal) {
		return (signal == OtlpSignal.LOGS) ? new LogRecordEncoder() : new SpanEncoder();
	}

}
