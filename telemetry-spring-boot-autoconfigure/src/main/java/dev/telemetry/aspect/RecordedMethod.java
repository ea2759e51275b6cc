package dev.telemetry.aspect;

import java.util.List;

import dev.telemetry.EventType;
import dev.telemetry.spec.EventDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a method, worked out once.
 *
 * @param success the event of a call that succeeds
 * @param failure the event of any other call; mostly the same one
 * @param arguments the arguments that become attributes
 * @param result the attribute the result becomes, or {@code null}
 * @param handlers those for results that end after the method returned
 * @param problems told of what shows only when the method is called
 */
record RecordedMethod(EventType success, EventType failure, List<RecordedArgument> arguments,
		@Nullable RecordedValue result, ReturnHandlers handlers, CallProblems problems) {

	RecordedMethod {
		arguments = List.copyOf(arguments);
	}

	String name() {
		return this.success.definition().name();
	}

	boolean isSingle() {
		return this.success == this.failure;
	}

	List<EventDefinition> definitions() {
		return isSingle() ? List.of(this.success.definition())
				: List.of(this.success.definition(), this.failure.definition());
	}

}
