package dev.telemetry.aspect;

import java.util.List;

import dev.telemetry.EventType;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a method, worked out once.
 *
 * @param type the event
 * @param arguments the arguments that become attributes
 * @param result the attribute the result becomes, or {@code null}
 * @param handlers those for results that end after the method returned; none for most
 */
record RecordedMethod(EventType type, List<RecordedArgument> arguments, @Nullable RecordedValue result,
		List<ReturnHandler> handlers) {

	RecordedMethod {
		arguments = List.copyOf(arguments);
		handlers = List.copyOf(handlers);
	}

	String name() {
		return this.type.definition().name();
	}

	ReturnHandler handlerOf(@Nullable Object result) {
		for (ReturnHandler handler : this.handlers) {
			if (handler.handles(result)) {
				return handler;
			}
		}
		return PlainHandler.INSTANCE;
	}

}
