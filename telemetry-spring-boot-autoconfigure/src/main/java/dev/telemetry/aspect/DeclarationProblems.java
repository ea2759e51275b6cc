package dev.telemetry.aspect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the declaration of one class or method. */
final class DeclarationProblems {

	private final String place;

	private final Consumer<Problem> ofCalls;

	private final List<Problem> found = new ArrayList<>();

	/**
	 * Create an instance.
	 * @param place the class, or the method such as
	 * {@code com.example.OrderService#place}
	 * @param ofCalls takes what shows only when methods are called
	 */
	DeclarationProblems(String place, Consumer<Problem> ofCalls) {
		this.place = place;
		this.ofCalls = ofCalls;
	}

	void report(InvalidDeclarationException problem) {
		add(TelemetryEvent.class, String.valueOf(problem.getMessage()), problem.action());
	}

	void reportIfAny(@Nullable InvalidDeclarationException problem) {
		if (problem != null) {
			report(problem);
		}
	}

	/** Report an attribute that events have to do without. */
	void reportAttribute(String key, InvalidDeclarationException problem) {
		add(TelemetryAttribute.class, "the attribute '" + key + "' is left out: " + problem.getMessage(),
				problem.action());
	}

	private void add(Class<?> annotation, String problem, String action) {
		this.found.add(new Problem(this.place, "@" + annotation.getSimpleName(), problem, action));
	}

	CallProblems ofCalls() {
		return new CallProblems(this.place, this.ofCalls);
	}

	List<Problem> found() {
		return this.found;
	}

}
