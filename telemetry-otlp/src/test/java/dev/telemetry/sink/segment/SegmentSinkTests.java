package dev.telemetry.sink.segment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import dev.telemetry.delivery.HandDrivenLane;
import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.http.AbstractVendorSinkTests;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.http.VendorSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SegmentFormat} and its factory. */
class SegmentSinkTests extends AbstractVendorSinkTests {

	@Override
	protected TelemetrySinkFactory factory(HttpSettings settings) {
		return new SegmentSinkFactory(new VendorSettings(settings, "SECRET"), TlsSource.JAVA);
	}

	@Override
	protected String path() {
		return SegmentSinkFactory.PATH;
	}

	@Override
	protected String identity() {
		return "anonymousId";
	}

	@Override
	protected String id() {
		return "messageId";
	}

	@Test
	void requestIsABatchOfTracksWithTheKeyAsUser() throws TelemetryException {
		Event event = from(MACHINE, SESSION).attribute("items", 3).samplingRate(0.5).build();
		sink().emit(event);
		assertThat(requests()).singleElement().satisfies((request) -> {
			assertThat(request.method()).isEqualTo("POST");
			assertThat(request.headers().getFirst("Authorization")).isEqualTo(
					"Basic " + Base64.getEncoder().encodeToString("SECRET:".getBytes(StandardCharsets.US_ASCII)));
			assertThat(new String(request.body(), StandardCharsets.US_ASCII))
				.isEqualTo("{\"batch\":[{\"type\":\"track\",\"messageId\":\"01234567-89ab-7cde-8f01-23456789abcd\","
						+ "\"anonymousId\":\"" + MACHINE + "\",\"event\":\"order.placed\","
						+ "\"timestamp\":\"2020-02-29T12:00:00.000Z\",\"properties\":{\"items\":3,"
						+ "\"type\":\"feature.used\",\"tool\":\"demo-app\",\"tool_version\":\"1.0.0\","
						+ "\"session_id\":\"" + SESSION + "\",\"os\":\"linux\",\"arch\":\"amd64\","
						+ "\"java_version\":\"17\",\"sampling_rate\":0.5}}]}");
		});
	}

	@Test
	void bodyIsAtMost500KBBeforeCompression() throws TelemetryException {
		List<Event> batch = new ArrayList<>();
		for (int i = 0; i < 512; i++) {
			batch.add(builder("e" + i).attribute("text", "x".repeat(4000)).build());
		}
		sink().emitAll(batch);
		assertThat(requests()).hasSizeGreaterThan(1)
			.allSatisfy((request) -> assertThat(request.body().length).isLessThanOrEqualTo(500_000));
		assertThat(taken()).isEqualTo(names(batch));
	}

	@Test
	void eventThatSegmentWouldLoseIsNotSentAndTheOthersAre() throws TelemetryException {
		Event.Builder large = builder("large");
		for (int i = 0; i < 4; i++) {
			large.attribute("text" + i, "x".repeat(8192));
		}
		List<Event> batch = List.of(event("a"), large.build(), event("b"));
		try (HandDrivenLane lane = new HandDrivenLane(sink())) {
			lane.deliver(batch);
			assertThat(lane.status().dropped()).isEqualTo(Map.of("event_too_large", 1L));
			assertThat(lane.status().delivered()).isEqualTo(2);
		}
		assertThat(taken()).containsExactly("a", "b");
	}

}
