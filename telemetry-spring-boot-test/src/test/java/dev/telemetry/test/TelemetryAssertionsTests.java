package dev.telemetry.test;

import java.util.List;

import dev.telemetry.EventType;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.TelemetrySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.telemetry.test.TelemetryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link TelemetryAssertions}: what they accept, and what they say. */
class TelemetryAssertionsTests {

	private static final EventType PLACED = EventType.of("order.placed");

	private InMemoryTelemetry telemetry = InMemoryTelemetry.create();

	@AfterEach
	void close() {
		this.telemetry.close();
	}

	@Test
	void recordedWhenThereAreSeveralCountsThem() {
		place(1);
		place(2);
		place(2);
		assertThat(this.telemetry.recorded()).recorded("order.placed").times(3).withAttribute("items", 2).times(2);
		assertThat(this.telemetry.recorded()).recorded("order.placed")
			.withAttribute("items", 1L)
			.once()
			.and()
			.neverRecorded("order.listed");
	}

	@Test
	void recordedWhenThereIsNoneListsWhatThereIs() {
		place(1);
		failing(() -> assertThat(this.telemetry.recorded()).recorded("order.payed"), """
				Expected an event 'order.payed', but there is none
				Recorded:
				  1. order.placed {items=1}
				Dropped: nothing
				""", "\nConsent: GRANTED, granted through test on ", "Nothing declares 'order.payed'");
	}

	@Test
	void timesWhenAnotherNumberSaysBoth() {
		place(1);
		place(2);
		failing(() -> assertThat(this.telemetry.recorded()).recorded("order.placed").once(),
				"Expected 1 of event 'order.placed', but there are 2\n", "  2. order.placed {items=2}");
	}

	@Test
	void withAttributeWhenNoneHasItSaysWhatWasAskedFor() {
		place(1);
		failing(() -> assertThat(this.telemetry.recorded()).recorded("order.placed")
			.withAttribute("items", 1)
			.withAttribute("country", "DE"),
				"Expected event 'order.placed' with items = 1 and country = DE, but there is none\n");
		assertThat(this.telemetry.recorded()).recorded("order.placed").withAttribute("country", null);
	}

	@Test
	void succeededAndFailedWithTellTimedEventsApart() {
		this.telemetry.context().time(PLACED, (scope) -> 1);
		assertThat(this.telemetry.recorded()).recorded("order.placed").succeeded().once();
		failing(() -> assertThat(this.telemetry.recorded()).recorded("order.placed")
			.failedWith(IllegalStateException.class), "with error = IllegalStateException");
		this.telemetry.recorded().clear();
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.telemetry.context().time(PLACED, (scope) -> {
				throw new IllegalStateException();
			}));
		assertThat(this.telemetry.recorded()).recorded("order.placed").failedWith(IllegalStateException.class).once();
		failing(() -> assertThat(this.telemetry.recorded()).recorded("order.placed").succeeded(),
				"with success = true");
	}

	@Test
	void neverRecordedAndRecordedNothingWhenThereIsOneListIt() {
		assertThat(this.telemetry.recorded()).recordedNothing().neverRecorded("order.placed");
		place(1);
		failing(() -> assertThat(this.telemetry.recorded()).neverRecorded("order.placed"),
				"Expected no event 'order.placed', but there is one\n", "  1. order.placed {items=1}");
		failing(() -> assertThat(this.telemetry.recorded()).recordedNothing(), "Expected no event, but there is one\n");
		assertThat(this.telemetry.recorded()).neverRecorded("order.listed");
	}

	@Test
	void recordedWhenDroppedSaysWhy() {
		restart();
		this.telemetry.context().record("order.payed");
		this.telemetry.context().event(PLACED).record();
		failing(() -> assertThat(this.telemetry.recorded()).recorded("order.placed"), """
				Recorded: nothing
				Dropped:
				  1 invalid: events without a required property or refused by a processor, or values that are not as \
				declared
				  1 undeclared: events or attributes that nothing declares
				""", "'order.placed' is declared, with the required properties items");
		this.telemetry.recorded().clear();
		failing(() -> assertThat(this.telemetry.recorded()).recorded("order.placed"), "Dropped: nothing");
	}

	@Test
	void recordedOnlyDeclaredWhenSomethingElseNamesIt() {
		place(1);
		failing(() -> assertThat(this.telemetry.recorded()).recordedOnlyDeclared(),
				"nothing declares event 'order.placed'");
		restart();
		place(1);
		assertThat(this.telemetry.recorded()).recordedOnlyDeclared();
		this.telemetry.context().event(PLACED).attribute("items", 1).attribute("customer", "alice").record();
		failing(() -> assertThat(this.telemetry.recorded()).recordedOnlyDeclared(), "1 undeclared");
	}

	@Test
	void descriptionStandsInFront() {
		failing(() -> assertThat(this.telemetry.recorded()).as("all %s", "orders").recorded("order.placed"),
				"[all orders] Expected an event");
		place(1);
		failing(() -> assertThat(this.telemetry.recorded()).recorded("order.placed")
			.as("one")
			.withAttribute("items", 1)
			.times(2), "[one] Expected 2 of event 'order.placed' with items = 1, but there is one");
	}

	private void restart() {
		this.telemetry.close();
		this.telemetry = InMemoryTelemetry.create(TelemetrySpec.builder("shop", "1.0.0")
			.owners(List.of("shop"))
			.event(EventDefinition.builder("order.placed")
				.property(PropertyDefinition.builder("items", PropertyType.NUMBER).required(true).build())
				.build())
			.build());
	}

	private void place(int items) {
		this.telemetry.context().event(PLACED).attribute("items", items).record();
	}

	private static void failing(ThrowingCallable assertion, String... messages) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion).satisfies((ex) -> {
			for (String message : messages) {
				org.assertj.core.api.Assertions.assertThat(ex).hasMessageContaining(message);
			}
		});
	}

}
