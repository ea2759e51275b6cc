package dev.telemetry.sink.posthog;

import java.nio.charset.StandardCharsets;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.http.AbstractVendorSinkTests;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.http.VendorSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link PostHogFormat} and its factory. */
class PostHogSinkTests extends AbstractVendorSinkTests {

	@Override
	protected TelemetrySinkFactory factory(HttpSettings settings) {
		return new PostHogSinkFactory(new VendorSettings(settings, "phc_SECRET"), TlsSource.JAVA);
	}

	@Override
	protected String path() {
		return PostHogSinkFactory.PATH;
	}

	@Override
	protected String identity() {
		return "distinct_id";
	}

	@Override
	protected String id() {
		return "uuid";
	}

	@Test
	void requestIsABatchWithoutPersonAndPlace() throws TelemetryException {
		Event event = from(MACHINE, SESSION).attribute("items", 3).samplingRate(0.5).build();
		sink().emit(event);
		assertThat(requests()).singleElement().satisfies((request) -> {
			assertThat(request.method()).isEqualTo("POST");
			assertThat(request.headers()).doesNotContainKeys("Authorization", "Cookie");
			assertThat(new String(request.body(), StandardCharsets.US_ASCII))
				.isEqualTo("{\"api_key\":\"phc_SECRET\",\"batch\":[{\"uuid\":\"01234567-89ab-7cde-8f01-23456789abcd\","
						+ "\"event\":\"order.placed\",\"distinct_id\":\"" + MACHINE
						+ "\",\"timestamp\":\"2020-02-29T12:00:00.000Z\",\"properties\":{"
						+ "\"$process_person_profile\":false,\"$geoip_disable\":true,\"items\":3,"
						+ "\"type\":\"feature.used\",\"tool\":\"demo-app\",\"tool_version\":\"1.0.0\","
						+ "\"session_id\":\"" + SESSION + "\",\"os\":\"linux\",\"arch\":\"amd64\","
						+ "\"java_version\":\"17\",\"sampling_rate\":0.5}}]}");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "$ip", "$set", "$set_once", "$process_person_profile", "$geoip_disable", "$groups",
			"distinct_id", "token" })
	void attributeIsNeverAnInstruction(String key) throws TelemetryException {
		sink().emit(from(MACHINE, SESSION).attribute(key, "x").build());
		JsonNode event = batch().get(0);
		assertThat(event.path("distinct_id").asString()).isEqualTo(MACHINE);
		JsonNode properties = event.path("properties");
		assertThat(properties.path(key).asString("")).isNotEqualTo("x");
		assertThat(properties.path("_" + key).asString()).isEqualTo("x");
		assertThat(properties.path("$process_person_profile").asBoolean(true)).isFalse();
		assertThat(properties.path("$geoip_disable").asBoolean(false)).isTrue();
	}

	@Test
	void eventIsNeverAnInstruction() throws TelemetryException {
		sink().emit(event("$identify"));
		assertThat(taken()).containsExactly("_$identify");
	}

}
