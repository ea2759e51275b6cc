package dev.telemetry.sink.otlp;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A field of a message of OTLP, version 1 of the protocol, with its name in JSON.
 *
 * @param name the name in JSON
 * @param kind what its value is
 * @param type the message it holds, or {@code null}
 * @param repeated whether there may be several
 */
record OtlpField(String name, Kind kind, @Nullable String type, boolean repeated) {

	/** By message and number; a list ends in {@code []}. */
	private static final Map<String, Map<Integer, OtlpField>> MESSAGES = parse("""
			ExportLogsServiceRequest 1 resourceLogs ResourceLogs[]
			ResourceLogs 1 resource Resource
			ResourceLogs 2 scopeLogs ScopeLogs[]
			ResourceLogs 3 schemaUrl TEXT
			ScopeLogs 1 scope InstrumentationScope
			ScopeLogs 2 logRecords LogRecord[]
			ScopeLogs 3 schemaUrl TEXT
			LogRecord 1 timeUnixNano FIXED64
			LogRecord 2 severityNumber NUMBER
			LogRecord 3 severityText TEXT
			LogRecord 5 body AnyValue
			LogRecord 6 attributes KeyValue[]
			LogRecord 7 droppedAttributesCount NUMBER
			LogRecord 8 flags FIXED32
			LogRecord 9 traceId BYTES
			LogRecord 10 spanId BYTES
			LogRecord 11 observedTimeUnixNano FIXED64
			LogRecord 12 eventName TEXT
			ExportTraceServiceRequest 1 resourceSpans ResourceSpans[]
			ResourceSpans 1 resource Resource
			ResourceSpans 2 scopeSpans ScopeSpans[]
			ResourceSpans 3 schemaUrl TEXT
			ScopeSpans 1 scope InstrumentationScope
			ScopeSpans 2 spans Span[]
			ScopeSpans 3 schemaUrl TEXT
			Span 1 traceId BYTES
			Span 2 spanId BYTES
			Span 3 traceState TEXT
			Span 4 parentSpanId BYTES
			Span 5 name TEXT
			Span 6 kind NUMBER
			Span 7 startTimeUnixNano FIXED64
			Span 8 endTimeUnixNano FIXED64
			Span 9 attributes KeyValue[]
			Span 10 droppedAttributesCount NUMBER
			Span 12 droppedEventsCount NUMBER
			Span 14 droppedLinksCount NUMBER
			Span 15 status Status
			Span 16 flags FIXED32
			Status 2 message TEXT
			Status 3 code NUMBER
			Resource 1 attributes KeyValue[]
			Resource 2 droppedAttributesCount NUMBER
			InstrumentationScope 1 name TEXT
			InstrumentationScope 2 version TEXT
			InstrumentationScope 3 attributes KeyValue[]
			InstrumentationScope 4 droppedAttributesCount NUMBER
			KeyValue 1 key TEXT
			KeyValue 2 value AnyValue
			AnyValue 1 stringValue TEXT
			AnyValue 2 boolValue FLAG
			AnyValue 3 intValue LONG
			AnyValue 4 doubleValue DOUBLE
			AnyValue 5 arrayValue ArrayValue
			AnyValue 6 kvlistValue KeyValueList
			AnyValue 7 bytesValue BYTES
			ArrayValue 1 values AnyValue[]
			KeyValueList 1 values KeyValue[]
			""");

	static @Nullable OtlpField find(String message, int number) {
		return MESSAGES.getOrDefault(message, Map.of()).get(number);
	}

	private static Map<String, Map<Integer, OtlpField>> parse(String text) {
		Map<String, Map<Integer, OtlpField>> messages = new HashMap<>();
		text.lines().map((line) -> line.split(" ")).forEach((part) -> {
			boolean repeated = part[3].endsWith("[]");
			String type = repeated ? part[3].substring(0, part[3].length() - 2) : part[3];
			Kind kind = Kind.of(type);
			messages.computeIfAbsent(part[0], (message) -> new HashMap<>())
				.put(Integer.valueOf(part[1]),
						new OtlpField(part[2], kind, (kind == Kind.MESSAGE) ? type : null, repeated));
		});
		return messages;
	}

	/** What the value of a field is. */
	enum Kind {

		/** A text. */
		TEXT(ProtobufReader.BYTES),

		/** Bytes, which JSON of OTLP has in hexadecimal digits. */
		BYTES(ProtobufReader.BYTES),

		/** Another message. */
		MESSAGE(ProtobufReader.BYTES),

		/** True or false. */
		FLAG(ProtobufReader.VARINT),

		/** A number of at most 32 bits. */
		NUMBER(ProtobufReader.VARINT),

		/** A number of 64 bits. */
		LONG(ProtobufReader.VARINT),

		/** A number of 64 bits in 8 bytes. */
		FIXED64(ProtobufReader.FIXED64),

		/** A number of 32 bits in 4 bytes. */
		FIXED32(ProtobufReader.FIXED32),

		/** A floating-point number. */
		DOUBLE(ProtobufReader.FIXED64);

		private final int wireType;

		Kind(int wireType) {
			this.wireType = wireType;
		}

		static Kind of(String name) {
			for (Kind kind : values()) {
				if (kind.name().equals(name)) {
					return kind;
				}
			}
			return MESSAGE;
		}

		boolean fits(ProtobufReader reader) {
			return reader.wireType() == this.wireType;
		}

	}

}
