package dev.telemetry.sink.http;

import java.util.ArrayList;
import java.util.List;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link SplitBatch}. */
class SplitBatchTests {

	private final List<Event> sent = new ArrayList<>();

	private final List<Event> events = List.of(event("a"), event("b"), event("c"), event("d"));

	@Test
	void sendMakesAsManyRequestsAsItTakes() throws Exception {
		SplitBatch.send(this.events, () -> true, this::two);
		assertThat(this.sent).isEqualTo(this.events);
	}

	@Test
	void sendWhenItMayNotGoOnBeginsNoOtherRequest() {
		assertThatExceptionOfType(TelemetryException.class)
			.isThrownBy(() -> SplitBatch.send(this.events, this.sent::isEmpty, this::two))
			.satisfies((failure) -> assertThat(failure.settled()).as("what was taken is settled").isEqualTo(2));
		assertThat(this.sent).isEqualTo(this.events.subList(0, 2));
	}

	@Test
	void sendMakesNoRequestThatIsKnownToBeTooLarge() throws Exception {
		List<String> requests = new ArrayList<>();
		SplitBatch.send(8, () -> true, new SplitBatch.Requests() {

			@Override
			public int end(int from, int to) {
				return Math.min(to, from + 3);
			}

			@Override
			public TelemetryException send(int from, int to) {
				requests.add(from + "-" + to);
				return (from == 3 && to == 6) ? new TelemetryException(Kind.TOO_LARGE, "too large", false, null) : null;
			}

		});
		assertThat(requests).containsExactly("0-3", "3-6", "3-4", "4-6", "6-8");
	}

	/** A receiver that takes two events at once, and no more. */
	private TelemetryException two(List<Event> part) {
		if (part.size() > 2) {
			return new TelemetryException(Kind.TOO_LARGE, "too large", false, null);
		}
		this.sent.addAll(part);
		return null;
	}

	private static Event event(String name) {
		return Event.builder(name).build();
	}

}
