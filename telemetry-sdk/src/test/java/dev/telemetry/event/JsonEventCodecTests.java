package dev.telemetry.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Tag("T-01")
class JsonEventCodecTests {

	private static final String ID = "01993c5e-8f6b-7a01-8123-456789abcdef";

	private static final String EXAMPLE = "{\"id\":\"" + ID + "\",\"name\":\"order.placed\",\"type\":\"feature.used\","
			+ "\"tool\":\"demo-app\",\"tool_version\":\"1.0.0\",\"machine_id\":\"" + "ab".repeat(32)
			+ "\",\"session_id\":\"" + "cd".repeat(16) + "\",\"timestamp_utc\":\"2026-11-21T03:00:00.123Z\","
			+ "\"attrs\":{\"items\":3,\"duration_ms\":12.5,\"success\":true},\"os\":\"linux\",\"arch\":\"amd64\","
			+ "\"java_version\":\"17\",\"schema_version\":1}\n";

	private static final String MINIMAL = "{\"id\":\"" + ID + "\",\"name\":\"n\",\"tool\":\"t\","
			+ "\"timestamp_utc\":\"2026-11-21T03:00:00Z\"}";

	private final EventCodec codec = EventCodec.json();

	private static Event example() {
		return Event.builder("order.placed")
			.id(UUID.fromString(ID))
			.type("feature.used")
			.origin(new EventOrigin("demo-app", "1.0.0", "ab".repeat(32), "cd".repeat(16), "linux", "amd64", "17"))
			.timestampMillis(1795230000123L)
			.attribute("items", 3)
			.attribute("duration_ms", 12.5)
			.attribute("success", true)
			.build();
	}

	private String encode(Event event) {
		LineBuffer line = new LineBuffer(16);
		this.codec.encode(event, line);
		return new String(line.toByteArray(), StandardCharsets.US_ASCII);
	}

	private Event decode(String line) throws IOException {
		byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
		return this.codec.decode(bytes, 0, bytes.length);
	}

	@Test
	void encodeWritesTheDocumentedLine() {
		assertThat(encode(example())).isEqualTo(EXAMPLE);
	}

	@Test
	void decodeReadsTheDocumentedLine() throws IOException {
		assertThat(decode(EXAMPLE)).isEqualTo(example());
	}

	@Test
	void encodeWhenFieldsDoNotApplyLeavesThemOut() {
		Event event = Event.builder("n").id(UUID.fromString(ID)).origin(EventOrigin.of("t", "1")).build();
		assertThat(encode(event))
			.isEqualTo("{\"id\":\"" + ID + "\",\"name\":\"n\",\"tool\":\"t\",\"tool_version\":\"1\","
					+ "\"timestamp_utc\":\"1970-01-01T00:00:00.000Z\",\"attrs\":{},\"schema_version\":1}\n");
	}

	@Test
	void encodeWhenSampledWritesTheRate() {
		assertThat(encode(example().toBuilder().samplingRate(0.25).build()))
			.endsWith("\"java_version\":\"17\",\"sampling_rate\":0.25,\"schema_version\":1}\n");
	}

	@Test
	void encodeWhenOriginChangesFollows() {
		encode(example());
		Event other = example().toBuilder().origin(EventOrigin.of("other", "2")).build();
		assertThat(encode(other)).contains("\"tool\":\"other\",\"tool_version\":\"2\",\"timestamp_utc\"")
			.doesNotContain("machine_id", "linux");
	}

	@Test
	void encodeWhenTextIsNotPrintableAsciiEscapesIt() {
		Event event = Event.builder("e")
			.attribute("k\u2028", "a\"\\/\n\u0000\u001b\u007f\u0085\u2029\uFEFF\u202E\uD83D\uDE00b")
			.build();
		assertThat(encode(event)).contains("{\"k\\u2028\":\"a\\\"\\\\/\\u000a\\u0000\\u001b\\u007f\\u0085"
				+ "\\u2029\\ufeff\\u202e\\ud83d\\ude00b\"}");
	}

	@Test
	void encodeWritesNumbersThatReadBackAsTheSameType() throws IOException {
		Event event = Event.builder("e")
			.attribute("whole", 12.0)
			.attribute("tiny", -0.0001)
			.attribute("four", 3.1416)
			.attribute("large", 1e300)
			.attribute("min", Long.MIN_VALUE)
			.attribute("max", Long.MAX_VALUE)
			.attribute("zero", 0)
			.attribute("neg", -12.05)
			.build();
		assertThat(encode(event)).contains("{\"whole\":12.0,\"tiny\":-0.0001,\"four\":3.1416,\"large\":1.0E300,"
				+ "\"min\":-9223372036854775808,\"max\":9223372036854775807,\"zero\":0,\"neg\":-12.05}");
		assertThat(decode(encode(event)).attributes()).isEqualTo(event.attributes());
	}

	@Test
	void encodeAppendsToWhatIsThere() {
		LineBuffer line = new LineBuffer(4);
		this.codec.encode(example(), line);
		this.codec.encode(example(), line);
		assertThat(new String(line.toByteArray(), StandardCharsets.US_ASCII)).isEqualTo(EXAMPLE + EXAMPLE);
	}

	@Test
	void decodeWhenOnlyRequiredFieldsAreThereReads() throws IOException {
		Event event = decode(MINIMAL);
		assertThat(event.origin()).isEqualTo(EventOrigin.of("t", "unknown"));
		assertThat(event.attributes()).isEmpty();
		assertThat(event.samplingRate()).isEqualTo(1);
	}

	@Test
	void decodeIgnoresUnknownFields() throws IOException {
		assertThat(decode(MINIMAL.replace("{\"id\"", "{\"new\":{\"a\":[1,{}]},\"x\":null,\"id\"")).name())
			.isEqualTo("n");
	}

	@Test
	void decodeNormalisesValues() throws IOException {
		Event event = decode(MINIMAL.replace("{\"id\"",
				"{\"attrs\":{\"s\":\" x\\ud800 \",\"f\":1.23456,\"b\":\" \",\"n\":null,\"e\":1e2},\"id\""));
		assertThat(event.attributes()).isEqualTo(Map.of("s", "x\uFFFD", "f", 1.2346, "e", 100.0));
	}

	@Test
	void decodeSharesTheOriginOfEqualLines() throws IOException {
		assertThat(decode(EXAMPLE).origin()).isSameAs(decode(EXAMPLE).origin());
	}

	@ParameterizedTest
	@ValueSource(strings = { "id", "name", "tool", "timestamp_utc" })
	void decodeWhenRequiredFieldIsMissingThrows(String field) {
		assertThatIOException().isThrownBy(() -> decode(MINIMAL.replace("\"" + field + "\"", "\"other\"")))
			.withMessage("'" + field + "' is missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", "null", "[]", "1", "{", "{}", "{}{}", "\"CANARY\"", "CANARY", "{\"id\":CANARY}",
			"{\"id\":5}",
			"{\"id\":\"CANARY\",\"name\":\"n\",\"tool\":\"t\",\"timestamp_utc\":\"2026-11-21T03:00:00Z\"}",
			"{\"attrs\":[]}", "{\"attrs\":{\"CANARY\":{}}}", "{\"attrs\":{\"CANARY\":[1]}}",
			"{\"attrs\":{\"CANARY\":1,\"CANARY\":2}}", "{\"name\":\"CANARY\",\"name\":\"CANARY\"}",
			"{\"attrs\":{\"CANARY\":1e999}}", "{\"attrs\":{\"CANARY\":99999999999999999999}}", "{\"attrs\":{\" \":1}}",
			"{\"schema_version\":2}", "{\"schema_version\":\"CANARY\"}", "{\"sampling_rate\":0}",
			"{\"sampling_rate\":1.5}", "{\"sampling_rate\":true}", "{\"a\":[[[[[1]]]]]}", "{\"name\":\"CANARY\u00e4\"}",
			"{\"name\":\" \"}", "{\"attrs\":{\"a\":NaN}}", "{'name':'CANARY'}", "{\"name\":\"CANARY\n\"}" })
	void decodeWhenLineIsNotAnEventThrowsWithoutItsContent(String line) {
		assertThatIOException().isThrownBy(() -> decode(line))
			.satisfies((ex) -> assertThat(ex.toString()).doesNotContain("CANARY"))
			.withNoCause();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0-0-0-0-0", "00000000-0000-0000-0000-000000000000", "x" })
	void decodeWhenIdIsNotAUuidThrows(String id) {
		assertThatIOException().isThrownBy(() -> decode(MINIMAL.replace(ID, id))).withMessage("'id' is not a UUID");
	}

	@Test
	void decodeWhenTimeIsNotATimeThrows() {
		assertThatIOException().isThrownBy(() -> decode(MINIMAL.replace("2026-11-21T", "2026-13-21T")))
			.withMessage("'timestamp_utc' is not a time of RFC 3339");
	}

	@Test
	void decodeWhenFieldIsLongThrows() {
		assertThatIOException().isThrownBy(() -> decode(MINIMAL.replace("\"t\"", "\"" + "t".repeat(257) + "\"")))
			.withMessage("'tool' is blank or too long");
	}

	@Test
	void decodeWhenLineIsTooLongThrows() {
		String padding = "\"p\":\"" + "p".repeat(8000) + "\",";
		StringBuilder line = new StringBuilder(MINIMAL);
		for (int i = 0; i < 9; i++) {
			line.insert(1, padding.replace("\"p\"", "\"p" + i + "\""));
		}
		assertThatIOException().isThrownBy(() -> decode(line.toString())).withMessageContaining("longer than 65536");
	}

	@Test
	void decodeWhenStringIsTooLongThrows() {
		String line = MINIMAL.replace("{\"id\"", "{\"attrs\":{\"p\":\"" + "p".repeat(60_000) + "\"},\"id\"");
		assertThatIOException().isThrownBy(() -> decode(line));
		assertThatIOException().isThrownBy(() -> decode("[".repeat(60_000)));
	}

	@Test
	void decodeTakesASliceWithAnyLineEnd() throws IOException {
		byte[] bytes = ("xx" + MINIMAL + "\r\nyy").getBytes(StandardCharsets.US_ASCII);
		assertThat(this.codec.decode(bytes, 2, bytes.length - 4).name()).isEqualTo("n");
	}

	@Test
	void decodeWhenBytesAreRandomlyDamagedThrowsNothingButIOException() {
		Random random = new Random(42);
		int read = 0;
		for (int i = 0; i < 50_000; i++) {
			byte[] bytes = EXAMPLE.getBytes(StandardCharsets.US_ASCII);
			for (int damage = random.nextInt(4); damage >= 0; damage--) {
				int position = random.nextInt(bytes.length);
				bytes[position] = (byte) (random.nextBoolean() ? random.nextInt(256)
						: EXAMPLE.charAt(random.nextInt(80)));
			}
			try {
				this.codec.decode(bytes, 0, bytes.length - random.nextInt(3));
				read++;
			}
			catch (IOException ex) {
				assertThat(ex).hasNoCause();
			}
		}
		assertThat(read).isPositive();
	}

}
