package dev.telemetry.test;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.telemetry.event.Event;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about everything that was recorded. The message of each failure lists what
 * was recorded, and what was dropped and why.
 */
public final class RecordedTelemetryAssert extends AbstractAssert<RecordedTelemetryAssert, RecordedTelemetry> {

	RecordedTelemetryAssert(RecordedTelemetry recorded) {
		super(recorded, RecordedTelemetryAssert.class);
	}

	/**
	 * Verify that at least one event of this name was recorded, and go on with all of
	 * them.
	 * @param name the name of the event
	 * @return assertions about the events of this name
	 */
	public RecordedEventsAssert recorded(String name) {
		isNotNull();
		List<Event> events = this.actual.events(name);
		if (events.isEmpty()) {
			throw failed("Expected an event '" + name + "', but there is none", name);
		}
		return new RecordedEventsAssert(this, this.actual, name, events).as(this.info.description());
	}

	/**
	 * Verify that no event of this name was recorded.
	 * @param name the name of the event
	 * @return this assertion
	 */
	public RecordedTelemetryAssert neverRecorded(String name) {
		isNotNull();
		int count = this.actual.events(name).size();
		if (count > 0) {
			throw failed("Expected no event '" + name + "', but there " + FailureReport.are(count), null);
		}
		return this;
	}

	/**
	 * Verify that nothing was recorded.
	 * @return this assertion
	 */
	public RecordedTelemetryAssert recordedNothing() {
		isNotNull();
		int count = this.actual.events().size();
		if (count > 0) {
			throw failed("Expected no event, but there " + FailureReport.are(count), null);
		}
		return this;
	}

	/**
	 * Verify that every event and every attribute that was recorded is declared: by a
	 * spec, a definition or an annotation. What was dropped because nothing declares it
	 * counts as well: the application tried to record it.
	 * @return this assertion
	 */
	public RecordedTelemetryAssert recordedOnlyDeclared() {
		isNotNull();
		Set<String> undeclared = new TreeSet<>();
		for (Event event : this.actual.events()) {
			if (this.actual.declared().find(event.name()) == null) {
				undeclared.add("event '" + event.name() + "'");
			}
			else {
				this.actual.declared()
					.undeclaredAttributes(event)
					.forEach((key) -> undeclared.add("attribute '" + key + "' of event '" + event.name() + "'"));
			}
		}
		if (!undeclared.isEmpty()) {
			throw failed("Expected only what is declared, but nothing declares " + String.join(", ", undeclared), null);
		}
		if (this.actual.dropped().containsKey("undeclared")) {
			throw failed("Expected only what is declared, but something else was dropped", null);
		}
		return this;
	}

	/** The text has a description of the test's own in front of it. */
	AssertionError failed(String what, @Nullable String name) {
		return failure("%s", what + FailureReport.of(this.actual, name));
	}

}
