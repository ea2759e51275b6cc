package dev.telemetry.test;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static dev.telemetry.test.TelemetryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SentRequests}. */
@SpringBootTest(classes = Shop.class)
@AutoConfigureTelemetry(export = true)
class SentRequestsTests {

	private static final SentRequests SENT = SentRequests.start();

	@DynamicPropertySource
	static void endpoint(DynamicPropertyRegistry registry) {
		registry.add("telemetry.http.endpoint", () -> SENT.uri() + "/events");
	}

	@AfterAll
	static void close() {
		SENT.close();
	}

	@Test
	void eventIsSentAsItIsRecorded(@Autowired Shop.Orders orders, RecordedTelemetry recorded) throws Exception {
		SENT.clear();
		orders.place("alice", 2);
		assertThat(recorded).recorded("order.placed").once();
		assertThat(recorded.flush()).isTrue();
		assertThat(SENT.await(1)).singleElement().satisfies((request) -> {
			assertThat(request.method()).isEqualTo("POST");
			assertThat(request.path()).isEqualTo("/events");
			assertThat(request.headers()).containsKey("content-type");
			assertThat(request.text()).contains("\"order.placed\"", "\"items\":2").doesNotContain("alice");
		});
	}

	@Test
	void serverThatRefusesKeepsNothingFromTheTest(@Autowired Shop.Orders orders, RecordedTelemetry recorded)
			throws Exception {
		SENT.clear();
		SENT.answer(503);
		try {
			orders.place("alice", 2);
			assertThat(recorded).recorded("order.placed").once();
		}
		finally {
			SENT.answer(200);
		}
	}

	@Test
	void bodyIsUncompressedAndTheStatusIsTheOneThatWasSet() throws Exception {
		try (SentRequests sent = SentRequests.start()) {
			sent.answer(429);
			ByteArrayOutputStream zipped = new ByteArrayOutputStream();
			try (OutputStream out = new GZIPOutputStream(zipped)) {
				out.write("words".getBytes(StandardCharsets.UTF_8));
			}
			HttpURLConnection connection = (HttpURLConnection) sent.uri().resolve("/a?b=c").toURL().openConnection();
			connection.setDoOutput(true);
			connection.setRequestProperty("Content-Encoding", "gzip");
			connection.getOutputStream().write(zipped.toByteArray());
			assertThat(connection.getResponseCode()).isEqualTo(429);
			assertThat(sent.requests()).singleElement().satisfies((request) -> {
				assertThat(request.text()).isEqualTo("words");
				assertThat(request).hasToString("POST /a?b=c, 5 bytes");
			});
		}
	}

}
