package dev.telemetry.sink.otlp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OtlpText}, against what the classes generated from the specification
 * say of the same bytes.
 */
class OtlpTextTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static AnyValue text(String value) {
		return AnyValue.newBuilder().setStringValue(value).build();
	}

	private static List<KeyValue> attributes() {
		AnyValue list = AnyValue.newBuilder()
			.setArrayValue(ArrayValue.newBuilder().addValues(text("a")).addValues(text("b")))
			.build();
		return List.of(attribute("text", text("\u0000 \"quoted\" \u202e \uD83D\uDE00")),
				attribute("flag", AnyValue.newBuilder().setBoolValue(true).build()),
				attribute("whole", AnyValue.newBuilder().setIntValue(Long.MIN_VALUE).build()),
				attribute("number", AnyValue.newBuilder().setDoubleValue(-12.5).build()), attribute("list", list),
				attribute("map",
						AnyValue.newBuilder()
							.setKvlistValue(KeyValueList.newBuilder().addValues(attribute("inner", list)))
							.build()),
				attribute("bytes",
						AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(new byte[] { 0, -1 })).build()));
	}

	private static KeyValue attribute(String key, AnyValue value) {
		return KeyValue.newBuilder().setKey(key).setValue(value).build();
	}

	private static Resource resource() {
		return Resource.newBuilder().addAllAttributes(attributes()).setDroppedAttributesCount(3).build();
	}

	private static InstrumentationScope scope() {
		return InstrumentationScope.newBuilder()
			.setName("dev.telemetry")
			.setVersion("1")
			.addAllAttributes(attributes())
			.build();
	}

	private static ExportLogsServiceRequest logs() {
		LogRecord record = LogRecord.newBuilder()
			.setTimeUnixNano(-1)
			.setObservedTimeUnixNano(1_790_000_000_000_000_000L)
			.setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
			.setSeverityText("INFO")
			.setBody(text("order.placed"))
			.addAllAttributes(attributes())
			.setFlags(-1)
			.setTraceId(ByteString.copyFrom(new byte[16]))
			.setSpanId(ByteString.copyFrom(new byte[8]))
			.setEventName("order.placed")
			.build();
		ScopeLogs scope = ScopeLogs.newBuilder()
			.setScope(scope())
			.addLogRecords(record)
			.addLogRecords(record)
			.setSchemaUrl("s")
			.build();
		return ExportLogsServiceRequest.newBuilder()
			.addResourceLogs(
					ResourceLogs.newBuilder().setResource(resource()).addScopeLogs(scope).setSchemaUrl("https://x"))
			.build();
	}

	private static ExportTraceServiceRequest traces() {
		Span span = Span.newBuilder()
			.setTraceId(ByteString.copyFrom(new byte[16]))
			.setSpanId(ByteString.copyFrom(new byte[8]))
			.setParentSpanId(ByteString.copyFrom(new byte[8]))
			.setTraceState("a=b")
			.setName("order.placed")
			.setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
			.setStartTimeUnixNano(1)
			.setEndTimeUnixNano(2)
			.addAllAttributes(attributes())
			.setStatus(Status.newBuilder().setMessage("m").setCode(Status.StatusCode.STATUS_CODE_ERROR))
			.setFlags(256)
			.build();
		return ExportTraceServiceRequest.newBuilder()
			.addResourceSpans(ResourceSpans.newBuilder()
				.setResource(resource())
				.addScopeSpans(ScopeSpans.newBuilder().setScope(scope()).addSpans(span)))
			.build();
	}

	private static Map<String, Object> map(Message message) {
		Map<String, Object> values = new LinkedHashMap<>();
		message.getAllFields().forEach((field, value) -> values.put(field.getJsonName(), value(field, value)));
		return values;
	}

	private static Object value(FieldDescriptor field, Object value) {
		if (value instanceof List<?> list) {
			return list.stream().map((each) -> value(field, each)).toList();
		}
		return switch (field.getType()) {
			case MESSAGE -> map((Message) value);
			case BYTES -> java.util.HexFormat.of().formatHex(((ByteString) value).toByteArray());
			case ENUM -> ((EnumValueDescriptor) value).getNumber();
			case FIXED64 -> Long.toUnsignedString((Long) value);
			case INT64 -> value.toString();
			case UINT32, FIXED32 -> Integer.toUnsignedLong((Integer) value);
			default -> value;
		};
	}

	private static void assertSame(OtlpText text, Message message) {
		assertThat(JSON.readTree(text.read(message.toByteArray())))
			.isEqualTo(JSON.readTree(JSON.writeValueAsString(map(message))));
	}

	@Test
	void logsAreReadAsTheSpecificationHasThem() {
		assertSame(OtlpText.LOGS, logs());
		assertThat(OtlpText.LOGS.read(logs().toByteArray())).contains("\"stringValue\":\"order.placed\"")
			.doesNotContain("unknownField", "damaged");
	}

	@Test
	void spansAreReadAsTheSpecificationHasThem() {
		assertSame(OtlpText.TRACES, traces());
	}

	@Test
	void fieldThatIsNotKnownIsShown() {
		ExportLogsServiceRequest request = logs().toBuilder()
			.setUnknownFields(UnknownFieldSet.newBuilder()
				.addField(99,
						UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8("new")).build())
				.build())
			.build();
		assertThat(OtlpText.LOGS.read(request.toByteArray())).contains("\"unknownField99\":[\"6e6577\"]");
	}

	@Test
	void whatIsDamagedIsReadAsFarAsItGoes() {
		byte[] whole = logs().toByteArray();
		assertThat(OtlpText.LOGS.read(java.util.Arrays.copyOf(whole, whole.length - 1))).contains("\"damaged\":true");
		assertThat(OtlpText.LOGS.read(new byte[0])).isEqualTo("{}");
	}

}
