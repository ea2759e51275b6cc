package dev.telemetry.sdk;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

import dev.telemetry.EventScope;
import dev.telemetry.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Times one block of which one of two events is recorded. Which one is known at its end
 * only, so that attributes wait until then; nothing is sampled or counted for the other.
 */
final class OperationScope extends MeasuredScope {

	private final EventType success;

	private final EventType failure;

	private final Function<EventType, @Nullable DefaultEventRecorder> recorders;

	private final Map<String, @Nullable Object> attributes = new LinkedHashMap<>();

	/**
	 * Begin to measure.
	 * @param success the event of a block that succeeds
	 * @param failure the event of any other
	 * @param recorders makes a recorder in the session in which the block began, or
	 * {@code null} when its event is not to be recorded
	 * @param nanoTime the clock
	 */
	OperationScope(EventType success, EventType failure, Function<EventType, @Nullable DefaultEventRecorder> recorders,
			LongSupplier nanoTime) {
		super(nanoTime);
		this.success = success;
		this.failure = failure;
		this.recorders = recorders;
	}

	@Override
	public EventScope attribute(String key, @Nullable Object value) {
		this.attributes.put(key, value);
		return this;
	}

	@Override
	public void close() {
		if (!end()) {
			return;
		}
		DefaultEventRecorder recorder = this.recorders.apply(succeeded() ? this.success : this.failure);
		if (recorder != null) {
			this.attributes.forEach(recorder);
			complete(recorder);
		}
	}

}
