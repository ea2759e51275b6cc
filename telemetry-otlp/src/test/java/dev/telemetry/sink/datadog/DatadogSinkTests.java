package dev.telemetry.sink.datadog;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.http.AbstractVendorSinkTests;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.http.VendorSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link DatadogFormat} and its factory. */
class DatadogSinkTests extends AbstractVendorSinkTests {

	@Override
	protected TelemetrySinkFactory factory(HttpSettings settings) {
		return new DatadogSinkFactory(new VendorSettings(settings, "SECRET"), TlsSource.JAVA);
	}

	@Override
	protected String path() {
		return DatadogSinkFactory.PATH;
	}

	@Override
	protected String identity() {
		return "anonymous_id";
	}

	@Override
	protected String id() {
		return "event_id";
	}

	@Override
	protected JsonNode events(JsonNode body) {
		return body;
	}

	@Test
	void requestIsAnArrayOfEntriesWithTheKeyInAHeaderAndWithoutAHost() throws TelemetryException {
		Event event = from(MACHINE, SESSION).attribute("items", 3).samplingRate(0.5).build();
		sink().emit(event);
		assertThat(requests()).singleElement().satisfies((request) -> {
			assertThat(request.method()).isEqualTo("POST");
			assertThat(request.headers().getFirst("DD-API-KEY")).isEqualTo("SECRET");
			assertThat(request.headers().getFirst("Content-Encoding")).isEqualTo("gzip");
			assertThat(new String(request.body(), StandardCharsets.US_ASCII))
				.isEqualTo("[{\"ddsource\":\"telemetry\",\"service\":\"demo-app\","
						+ "\"ddtags\":\"event_type:feature.used,tool_version:1.0.0,os:linux,arch:amd64\","
						+ "\"status\":\"info\",\"message\":\"feature.used: order.placed\","
						+ "\"timestamp\":\"2020-02-29T12:00:00.000Z\","
						+ "\"event_id\":\"01234567-89ab-7cde-8f01-23456789abcd\",\"event\":\"order.placed\","
						+ "\"anonymous_id\":\"" + MACHINE + "\",\"properties\":{\"items\":3,"
						+ "\"type\":\"feature.used\",\"tool\":\"demo-app\",\"tool_version\":\"1.0.0\","
						+ "\"session_id\":\"" + SESSION + "\",\"os\":\"linux\",\"arch\":\"amd64\","
						+ "\"java_version\":\"17\",\"sampling_rate\":0.5}}]");
		});
	}

	@Test
	void failureIsAnErrorAndATagEndsAtItsComma() throws TelemetryException {
		sink().emit(builder("a").attribute("success", false).build());
		assertThat(batch()).singleElement().satisfies((entry) -> {
			assertThat(entry.path("status").asString()).isEqualTo("error");
			assertThat(entry.path("ddtags").asString()).doesNotContain(" ");
		});
	}

	@Test
	void aRequestHoldsAtMost1000Entries() throws TelemetryException {
		List<Event> batch = new ArrayList<>(events("e", 2100));
		sink().emitAll(batch);
		assertThat(requests()).allSatisfy(
				(request) -> assertThat(JsonMapper.shared().readTree(request.body()).size()).isLessThanOrEqualTo(1000));
		assertThat(taken()).isEqualTo(names(batch));
	}

	@ParameterizedTest
	@CsvSource({ "datadoghq.com, https://http-intake.logs.datadoghq.com",
			"us5.datadoghq.com, https://http-intake.logs.us5.datadoghq.com",
			"datadoghq.eu, https://http-intake.logs.datadoghq.eu",
			"us2.ddog-gov.com, https://http-intake.logs.us2.ddog-gov.com", "app.datadoghq.com,", "datadoghq.org,",
			"evil.example.com/.datadoghq.com,", "US5,", "''," })
	void onlySitesOfDatadogHaveAnIntake(String site, @Nullable URI intake) {
		assertThat(DatadogSinkFactory.intake(site)).isEqualTo(intake);
	}

}
