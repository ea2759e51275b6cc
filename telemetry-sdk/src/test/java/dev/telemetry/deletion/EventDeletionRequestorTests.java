package dev.telemetry.deletion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.telemetry.event.Event;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link EventDeletionRequestor}. */
class EventDeletionRequestorTests {

	private static final DeletionRequest REQUEST = new DeletionRequest("a".repeat(64), new UUID(0, 7), "demo-app");

	private final Sinks sinks = new Sinks();

	private final EventDeletionRequestor requestor = new EventDeletionRequestor(this.sinks, "1.0.0",
			() -> DeletionFixture.NOW);

	@Test
	void requestSendsOneEventAndClosesTheSink() {
		assertThat(this.requestor.request(REQUEST)).isEqualTo(DeletionAnswer.handedOver());
		assertThat(this.sinks.steps).containsExactly("create", "emit", "flush", "close");
		assertThat(this.sinks.events).singleElement().satisfies((event) -> {
			assertThat(event.name()).isEqualTo("deletion_request");
			assertThat(event.type()).isEqualTo("data.deletion_request");
			assertThat(event.tool()).isEqualTo("demo-app");
			assertThat(event.machineId()).isEqualTo("a".repeat(64));
			assertThat(event.sessionId()).isNull();
			assertThat(event.attributes()).containsOnlyKeys("request_id")
				.containsEntry("request_id", REQUEST.requestId().toString());
		});
	}

	@Test
	void requestWhenReceiverIsDownIsForLater() {
		this.sinks.failure = new TelemetryException(TelemetryException.Kind.HTTP, "down",
				TelemetryException.Reaction.RETRY, Duration.ofSeconds(9), null);
		assertThat(this.requestor.request(REQUEST)).isEqualTo(DeletionAnswer.later("down", Duration.ofSeconds(9)));
		assertThat(this.sinks.steps).containsExactly("create", "emit", "close");
	}

	@Test
	void requestWhenReceiverRefusesIsRefused() {
		this.sinks.failure = new TelemetryException(TelemetryException.Kind.HTTP, "no", false, null);
		assertThat(this.requestor.request(REQUEST)).isEqualTo(DeletionAnswer.refused("no"));
	}

	/** Makes sinks that remember. */
	private static final class Sinks implements TelemetrySinkFactory, TelemetrySink {

		private final List<String> steps = new ArrayList<>();

		private final List<Event> events = new ArrayList<>();

		private @Nullable TelemetryException failure;

		@Override
		public String name() {
			return "scripted";
		}

		@Override
		public String target() {
			return "nowhere";
		}

		@Override
		public boolean remote() {
			return true;
		}

		@Override
		public TelemetrySink create(SinkSession session) {
			this.steps.add("create");
			return this;
		}

		@Override
		public void emit(Event event) throws TelemetryException {
			this.steps.add("emit");
			if (this.failure != null) {
				throw this.failure;
			}
			this.events.add(event);
		}

		@Override
		public void flush() {
			this.steps.add("flush");
		}

		@Override
		public void close() {
			this.steps.add("close");
		}

	}

}
