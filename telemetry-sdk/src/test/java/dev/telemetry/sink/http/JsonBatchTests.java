package dev.telemetry.sink.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link JsonBatch}. */
class JsonBatchTests {

	@Test
	void lengthIsExactAndTheHeadIsNotShown() throws IOException {
		byte[] event = "{}".getBytes(StandardCharsets.US_ASCII);
		for (List<byte[]> events : List.of(List.of(event), List.of(event, event, event))) {
			JsonBatch batch = new JsonBatch("{\"key\":\"SECRET-9f3\",\"batch\":[", SecretSpan.NONE, events, "]}",
					Map.of("Idempotency-Key", "key"));
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			batch.writeTo(out);
			assertThat(batch.length()).isEqualTo(out.size());
			assertThat(out.toString(StandardCharsets.US_ASCII)).startsWith("{\"key\":\"SECRET-9f3\",\"batch\":[{}")
				.endsWith("{}]}");
			assertThat(batch.fields()).isEqualTo(Map.of("Idempotency-Key", "key", "Content-Type", "application/json"));
			assertThat(batch.toString()).doesNotContain("SECRET");
		}
	}

}
