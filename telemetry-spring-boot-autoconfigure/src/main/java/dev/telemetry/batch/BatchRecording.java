package dev.telemetry.batch;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.telemetry.EventScope;
import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.problem.RecordingFailures;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.BatchStatus;

/**
 * Times what runs. Whatever goes wrong here ends here: a job is never the worse for being
 * recorded. Safe for use by several threads.
 */
final class BatchRecording {

	private final Supplier<? extends @Nullable TelemetryContext> context;

	private final RecordingFailures failures;

	/**
	 * What runs now, each by itself: executions are equal by numbers that may be reused.
	 */
	private final Map<Object, EventScope> running = Collections.synchronizedMap(new IdentityHashMap<>());

	/**
	 * Create a recording.
	 * @param context gives the context when the first job runs
	 * @param failures where exceptions end
	 */
	BatchRecording(Supplier<? extends @Nullable TelemetryContext> context, RecordingFailures failures) {
		this.context = context;
		this.failures = failures;
	}

	void begin(Object execution, EventType type) {
		try {
			TelemetryContext telemetry = this.context.get();
			if (telemetry != null && telemetry.isCollecting()) {
				this.running.put(execution, telemetry.start(type));
			}
		}
		catch (Throwable ex) {
			this.failures.report("a batch job or step", ex);
		}
	}

	void end(Object execution, BatchStatus status, List<Throwable> causes, Consumer<EventScope> attributes) {
		EventScope scope = this.running.remove(execution);
		if (scope == null) {
			return;
		}
		try {
			attributes.accept(scope);
			switch (status) {
				case COMPLETED -> {
				}
				case STOPPING, STOPPED -> scope.cancelled();
				default -> scope.failed(causes.isEmpty() ? null : causes.get(0));
			}
			scope.close();
		}
		catch (Throwable ex) {
			this.failures.report("a batch job or step", ex);
		}
	}

}
