package dev.telemetry.sink.http;

import java.util.UUID;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What every sink promises that speaks the protocol of a vendor. */
public abstract class AbstractVendorSinkTests extends AbstractBatchSinkTests {

	protected static final String MACHINE = "a".repeat(64);

	protected static final String SESSION = "b".repeat(32);

	/** Return the member that holds the pseudonym of whoever it was. */
	protected abstract String identity();

	/** Return the member that holds the event's id. */
	protected abstract String id();

	@Override
	protected JsonNode events(JsonNode body) {
		return body.path("batch");
	}

	protected static Event.Builder from(@Nullable String machine, @Nullable String session) {
		return Event.builder("order.placed")
			.id(UUID.fromString("01234567-89ab-7cde-8f01-23456789abcd"))
			.type("feature.used")
			.origin(new EventOrigin("demo-app", "1.0.0", machine, session, "linux", "amd64", "17"))
			.timestamp(NOON);
	}

	@Test
	void identityIsTheInstallationElseTheSessionElseTheEventAlone() throws TelemetryException {
		TelemetrySink sink = sink();
		sink.emit(from(MACHINE, SESSION).attribute("user_id", "ada").build());
		sink.emit(from(null, SESSION).attribute("user_id", "ada").build());
		sink.emit(from(null, null).attribute("user_id", "ada").build());
		assertThat(batch()).extracting((event) -> event.path(identity()).asString())
			.containsExactly(MACHINE, SESSION, "01234567-89ab-7cde-8f01-23456789abcd");
		assertThat(batch()).extracting((event) -> event.path(id()).asString())
			.containsOnly("01234567-89ab-7cde-8f01-23456789abcd");
	}

	@Test
	void attributeWinsOverWhatTheSystemSays() throws TelemetryException {
		sink().emit(from(MACHINE, SESSION).attribute("os", "mine").build());
		JsonNode properties = batch().get(0).path("properties");
		assertThat(properties.path("os").asString()).isEqualTo("mine");
		assertThat(properties.path("arch").asString()).isEqualTo("amd64");
	}

}
