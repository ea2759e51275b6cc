package dev.telemetry.event;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link JsonObjectWriter}. */
class JsonObjectWriterTests {

	private final JsonObjectWriter json = new JsonObjectWriter();

	@Test
	void objectsStandInObjectsAndNothingIsLeftOfTheOneBefore() {
		assertThat(text(this.json.start().start("a").end().end())).isEqualTo("{\"a\":{}}");
		this.json.start().put("b", "x\"\u00e9").put("none", null).start("c").put("d", 1L).put("e", 1.5).end();
		this.json.put("f", true).putTimestamp("g", 0).end();
		assertThat(text(this.json)).isEqualTo("{\"b\":\"x\\\"\\u00e9\",\"c\":{\"d\":1,\"e\":1.5},\"f\":true,"
				+ "\"g\":\"1970-01-01T00:00:00.000Z\"}");
		assertThat(text(this.json.start().end())).isEqualTo("{}");
	}

	private static String text(JsonObjectWriter json) {
		return new String(json.toByteArray(), StandardCharsets.US_ASCII);
	}

}
