package dev.telemetry.aspect;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.problem.Problem;

/**
 * What is wrong with a recorded method but shows only when it is called. Each is told
 * once: the values of the next call are seldom of another kind. Safe for use by several
 * threads.
 */
final class CallProblems {

	private final String method;

	private final Consumer<Problem> problems;

	private final Set<String> reported = ConcurrentHashMap.newKeySet();

	/**
	 * Create an instance for one method.
	 * @param method the method, such as {@code com.example.OrderService#place}
	 * @param problems takes what is wrong
	 */
	CallProblems(String method, Consumer<Problem> problems) {
		this.method = method;
		this.problems = problems;
	}

	/** An attribute could not be read, for its value is not what was expected. */
	void unreadable(String key, Throwable cause) {
		report(key, TelemetryAttribute.class,
				"the attribute '" + key + "' is left out of some events: it cannot be read ("
						+ cause.getClass().getSimpleName() + ")",
				"see what the path leads to, and whether a getter throws");
	}

	/** A result ends later, and nothing tells when. */
	void unmeasured(Class<?> result) {
		report("", TelemetryEvent.class,
				"calls are not recorded when the result, such as a " + result.getName()
						+ ", ends after the method has returned and cannot be measured here",
				"declare a type whose end can be measured, such as CompletableFuture or Flux,"
						+ " or record the event with TelemetryContext.start");
	}

	private void report(String what, Class<?> annotation, String problem, String action) {
		if (this.reported.add(what)) {
			this.problems.accept(new Problem(this.method, "@" + annotation.getSimpleName(), problem, action));
		}
	}

}
