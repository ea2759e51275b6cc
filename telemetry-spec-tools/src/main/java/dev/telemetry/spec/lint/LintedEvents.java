package dev.telemetry.spec.lint;

import java.util.List;

import dev.telemetry.spec.EventDefinition;

/** Events that are judged, and what the rules have found in them so far. */
interface LintedEvents {

	List<EventDefinition> events();

	/** Whether something is written there: {@code events}, a number, a field. */
	boolean has(Object... path);

	void add(LintRule rule, String problem, String action, Object... path);

}
