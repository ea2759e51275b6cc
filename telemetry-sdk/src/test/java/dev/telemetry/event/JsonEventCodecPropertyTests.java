package dev.telemetry.event;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Tag("T-01")
@Tag("T-02")
class JsonEventCodecPropertyTests {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final EventCodec codec = EventCodec.json();

	@Property
	void lineIsPrintableAsciiAndJacksonReadsTheSame(@ForAll("events") Event event) {
		byte[] line = encode(event);
		assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
		for (int i = 0; i < line.length - 1; i++) {
			assertThat(line[i]).isBetween((byte) 0x20, (byte) 0x7e);
		}
		JsonNode node = MAPPER.readTree(line);
		assertThat(node.get("id").asString()).isEqualTo(event.id().toString());
		assertThat(node.get("name").asString()).isEqualTo(event.name());
		assertThat(node.get("tool").asString()).isEqualTo(event.tool());
		assertThat(node.get("timestamp_utc").asString()).startsWith(event.timestamp().toString().substring(0, 19));
		assertThat(node.get("attrs").size()).isEqualTo(event.attributeCount());
		event.forEachAttribute((key, value) -> assertThat(plain(node.get("attrs").get(key))).isEqualTo(value));
	}

	@Property
	void lineReadsBackAsTheSameEventAndTheSameBytes(@ForAll("events") Event event) throws IOException {
		byte[] line = encode(event);
		Event read = this.codec.decode(line, 0, line.length);
		assertThat(read).isEqualTo(event);
		assertThat(encode(read)).isEqualTo(line);
	}

	@Property
	void anyBytesAreAnEventOrAnIOException(@ForAll byte[] bytes) {
		assertThatIOException().isThrownBy(() -> this.codec.decode(bytes, 0, bytes.length));
	}

	@Property
	void anyTextInAnyFieldIsAnEventOrAnIOException(@ForAll String text, @ForAll("fields") String field) {
		byte[] line = encode(Event.builder("e").build());
		Map<String, Object> map = MAPPER.readValue(line, new tools.jackson.core.type.TypeReference<>() {
		});
		map.put(field, text);
		byte[] changed = MAPPER.writer()
			.with(tools.jackson.core.json.JsonWriteFeature.ESCAPE_NON_ASCII)
			.writeValueAsBytes(map);
		try {
			Event event = this.codec.decode(changed, 0, changed.length);
			byte[] again = encode(event);
			assertThat(this.codec.decode(again, 0, again.length)).isEqualTo(event);
		}
		catch (IOException ex) {
			assertThat(ex).hasNoCause();
		}
	}

	private byte[] encode(Event event) {
		LineBuffer line = new LineBuffer(64);
		this.codec.encode(event, line);
		return line.toByteArray();
	}

	private static Object plain(JsonNode node) {
		if (node.isString()) {
			return node.asString();
		}
		if (node.isBoolean()) {
			return node.asBoolean();
		}
		return node.isIntegralNumber() ? (Object) node.asLong() : (Object) node.asDouble();
	}

	@Provide
	Arbitrary<String> fields() {
		return Arbitraries.of("id", "name", "type", "tool", "tool_version", "machine_id", "timestamp_utc", "os",
				"sampling_rate", "schema_version", "other");
	}

	@Provide
	Arbitrary<Event> events() {
		Arbitrary<String> text = Arbitraries.strings().all().ofMaxLength(20);
		Arbitrary<Object> values = Arbitraries.oneOf(text.map((value) -> (Object) value),
				Arbitraries.longs().map((value) -> (Object) value),
				Arbitraries.doubles().map((value) -> (Object) value), Arbitraries.of(true, false));
		Arbitrary<Map<String, Object>> attributes = Arbitraries.maps(text, values).ofMaxSize(8);
		Arbitrary<EventOrigin> origins = Combinators.combine(text, text, text.injectNull(0.3), text.injectNull(0.3))
			.as((tool, version, machine, os) -> new EventOrigin(tool, version, machine, null, os, null, "17"));
		return Combinators.combine(text.filter((name) -> !name.isBlank()), text, origins, attributes,
				Arbitraries.longs().between(0, 253402300799999L), Arbitraries.doubles().between(1e-9, 1).ofScale(12))
			.as(JsonEventCodecPropertyTests::event);
	}

	private static Event event(String name, String type, EventOrigin origin, Map<String, Object> attributes, long time,
			double rate) {
		Event.Builder builder = Event.builder(name).type(type).origin(origin).timestampMillis(time).samplingRate(rate);
		builder.id(new UUID(time + 1, 42));
		attributes.forEach(builder::attribute);
		return builder.build();
	}

}
