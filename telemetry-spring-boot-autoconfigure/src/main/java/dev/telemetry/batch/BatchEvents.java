package dev.telemetry.batch;

import dev.telemetry.EventType;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.MeasuredProperty;
import dev.telemetry.spec.PropertyType;

/**
 * The events of Spring Batch. Names are those of the application's own jobs and steps;
 * parameters, execution contexts, items, exit descriptions and messages are in none.
 */
public final class BatchEvents {

	/** A job has ended, however. */
	public static final EventDefinition JOB_ENDED = measured(EventDefinition.builder("batch.job.ended")
		.type("feature.used")
		.purpose("See which jobs run, how long they take and how they end")
		.property("job", PropertyType.STRING)
		.property("steps", PropertyType.NUMBER));

	/** A step has ended, however. */
	public static final EventDefinition STEP_ENDED = measured(EventDefinition.builder("batch.step.ended")
		.type("feature.used")
		.purpose("See how much steps process, how long they take and how they end")
		.property("job", PropertyType.STRING)
		.property("step", PropertyType.STRING)
		.property("read", PropertyType.NUMBER)
		.property("written", PropertyType.NUMBER)
		.property("filtered", PropertyType.NUMBER)
		.property("skipped", PropertyType.NUMBER)
		.property("commits", PropertyType.NUMBER)
		.property("rollbacks", PropertyType.NUMBER));

	static final EventType JOB = EventType.of(JOB_ENDED);

	static final EventType STEP = EventType.of(STEP_ENDED);

	private BatchEvents() {
	}

	private static EventDefinition measured(EventDefinition.Builder definition) {
		for (MeasuredProperty property : MeasuredProperty.values()) {
			definition.property(property.definition().build());
		}
		return definition.build();
	}

}
