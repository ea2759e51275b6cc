package dev.telemetry.invocation;

import dev.telemetry.EventType;
import dev.telemetry.Internal;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.MeasuredProperty;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;

/**
 * The events of commands: each execution is one of them. The names of commands are those
 * that the application declares; what a user typed is in none. Which names there are is
 * not part of the declaration, so that a new command asks for no new consent.
 */
@Internal
public final class CommandEvents {

	/** A command has ended with the exit code 0. */
	public static final EventDefinition INVOCATION = definition("command.invocation",
			"See which commands are used and how long they take");

	/** A command has ended otherwise, or could not be understood. */
	public static final EventDefinition ERROR = definition("command.error", "See which commands fail, and how");

	static final String COMMAND = "command";

	static final String EXIT_CODE = "exit_code";

	static final EventType SUCCESS = EventType.of(INVOCATION);

	static final EventType FAILURE = EventType.of(ERROR);

	private CommandEvents() {
	}

	private static EventDefinition definition(String name, String purpose) {
		EventDefinition.Builder definition = EventDefinition.builder(name)
			.type(name)
			.purpose(purpose)
			.property(PropertyDefinition.builder("command", PropertyType.STRING)
				.description("Declared name of the command, never its arguments")
				.build())
			.property(PropertyDefinition.builder("exit_code", PropertyType.NUMBER)
				.description("Exit code of the command")
				.build());
		for (MeasuredProperty property : MeasuredProperty.values()) {
			definition.property(property.definition().build());
		}
		return definition.build();
	}

}
