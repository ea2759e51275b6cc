package dev.telemetry.test;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import dev.telemetry.event.AttributeValue;
import dev.telemetry.event.Event;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about the events of one name. Each one that says how events are verifies
 * that there is such an event, and goes on with those that are so; {@link #once()} and
 * {@link #times(int)} count them.
 */
public final class RecordedEventsAssert extends AbstractAssert<RecordedEventsAssert, List<Event>> {

	private final RecordedTelemetryAssert all;

	private final RecordedTelemetry recorded;

	/** What the events are, in words: the name and what was asked for. */
	private final String what;

	RecordedEventsAssert(RecordedTelemetryAssert all, RecordedTelemetry recorded, String name, List<Event> events) {
		this(all, recorded, events, "event '" + name + "'");
	}

	private RecordedEventsAssert(RecordedTelemetryAssert all, RecordedTelemetry recorded, List<Event> events,
			String what) {
		super(events, RecordedEventsAssert.class);
		this.all = all;
		this.recorded = recorded;
		this.what = what;
	}

	/**
	 * Verify that there is exactly one.
	 * @return this assertion
	 */
	public RecordedEventsAssert once() {
		return times(1);
	}

	/**
	 * Verify how many there are.
	 * @param count how many
	 * @return this assertion
	 */
	public RecordedEventsAssert times(int count) {
		if (this.actual.size() != count) {
			throw failed(
					"Expected " + count + " of " + this.what + ", but there " + FailureReport.are(this.actual.size()));
		}
		return this;
	}

	/**
	 * Verify that an attribute has a value. Numbers are equal when they are recorded as
	 * the same: {@code 2} and {@code 2L}.
	 * @param key the key of the attribute
	 * @param value its value, or {@code null} for no such attribute
	 * @return assertions about the events that have it
	 */
	public RecordedEventsAssert withAttribute(String key, @Nullable Object value) {
		Object stored = AttributeValue.normalise(value);
		return with((event) -> Objects.equals(event.attribute(key), stored), key + " = " + value);
	}

	/**
	 * Verify that what was timed has succeeded.
	 * @return assertions about the events that have
	 */
	public RecordedEventsAssert succeeded() {
		return with((event) -> Boolean.TRUE.equals(event.attribute("success")), "success = true");
	}

	/**
	 * Verify that what was timed has failed with an exception of exactly this type.
	 * @param type the type, of which events have the simple name
	 * @return assertions about the events that have
	 */
	public RecordedEventsAssert failedWith(Class<? extends Throwable> type) {
		String error = type.getSimpleName();
		return with(
				(event) -> Boolean.FALSE.equals(event.attribute("success")) && error.equals(event.attribute("error")),
				"error = " + error);
	}

	/**
	 * Go back to everything that was recorded.
	 * @return the assertion this one came from
	 */
	public RecordedTelemetryAssert and() {
		return this.all;
	}

	private RecordedEventsAssert with(Predicate<Event> matches, String how) {
		List<Event> matching = this.actual.stream().filter(matches).toList();
		String more = this.what + (this.what.endsWith("'") ? " with " : " and ") + how;
		if (matching.isEmpty()) {
			throw failed("Expected " + more + ", but there is none");
		}
		return new RecordedEventsAssert(this.all, this.recorded, matching, more).as(this.info.description());
	}

	private AssertionError failed(String text) {
		return failure("%s", text + FailureReport.of(this.recorded, null));
	}

}
