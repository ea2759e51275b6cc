package dev.telemetry.sink.otlp;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.telemetry.sent.SentText;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.otlp.OtlpField.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a request of OTLP for people: the JSON that the specification of OTLP maps it to.
 * What it does not know is shown in hexadecimal digits, never left out.
 */
enum OtlpText implements SentText {

	/** Log records. */
	LOGS("ExportLogsServiceRequest"),

	/** Spans. */
	TRACES("ExportTraceServiceRequest");

	private static final JsonFactory JSON = new JsonFactory();

	private final String root;

	OtlpText(String root) {
		this.root = root;
	}

	static OtlpText of(OtlpSignal signal) {
		return (signal == OtlpSignal.LOGS) ? LOGS : TRACES;
	}

	@Override
	public String read(byte[] body) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
			write(json, message(this.root, new ProtobufReader(body, 0, body.length)));
		}
		return text.toString();
	}

	private static Map<String, Object> message(String type, ProtobufReader reader) {
		Map<String, Object> values = new LinkedHashMap<>();
		while (reader.next()) {
			OtlpField field = OtlpField.find(type, reader.field());
			if (field == null || !field.kind().fits(reader)) {
				add(values, "unknownField" + reader.field(), HexFormat.of().formatHex(reader.content()));
			}
			else if (field.repeated()) {
				add(values, field.name(), value(field, reader));
			}
			else {
				values.put(field.name(), value(field, reader));
			}
		}
		if (reader.isDamaged()) {
			values.put("damaged", true);
		}
		return values;
	}

	@SuppressWarnings("unchecked")
	private static void add(Map<String, Object> values, String name, Object value) {
		((List<Object>) values.computeIfAbsent(name, (key) -> new ArrayList<>())).add(value);
	}

	private static Object value(OtlpField field, ProtobufReader reader) {
		@Nullable String type = field.type();
		return (type != null) ? message(type, reader.inner()) : scalar(field.kind(), reader);
	}

	private static Object scalar(Kind kind, ProtobufReader reader) {
		return switch (kind) {
			case TEXT, MESSAGE -> reader.text();
			case BYTES -> HexFormat.of().formatHex(reader.content());
			case FLAG -> reader.number() != 0;
			case NUMBER -> reader.number();
			// 64 bits are more than a number of JavaScript has
			case LONG -> Long.toString(reader.number());
			case FIXED64 -> Long.toUnsignedString(reader.fixed());
			case FIXED32 -> reader.fixed();
			case DOUBLE -> Double.longBitsToDouble(reader.fixed());
		};
	}

	private static void write(JsonGenerator json, Object value) {
		if (value instanceof Map<?, ?> object) {
			json.writeStartObject();
			object.forEach((name, inner) -> {
				json.writeName(String.valueOf(name));
				write(json, inner);
			});
			json.writeEndObject();
		}
		else if (value instanceof List<?> array) {
			json.writeStartArray();
			array.forEach((inner) -> write(json, inner));
			json.writeEndArray();
		}
		else if (value instanceof Boolean flag) {
			json.writeBoolean(flag);
		}
		else if (value instanceof Double number) {
			json.writeNumber(number);
		}
		else if (value instanceof Long number) {
			json.writeNumber(number);
		}
		else {
			json.writeString(String.valueOf(value));
		}
	}

}
