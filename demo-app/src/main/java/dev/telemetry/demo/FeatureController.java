package dev.telemetry.demo;

import java.util.Set;

import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.spec.EventDefinition;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Switches features, and records it by the Java API instead of an annotation.
 */
@RestController
class FeatureController {

	/** What may be recorded as a name; anything else a caller types becomes "other". */
	private static final Set<String> KNOWN = Set.of("dark-mode", "bulk-orders", "express-delivery");

	private final TelemetryContext telemetry;

	private final EventType featureToggled;

	FeatureController(TelemetryContext telemetry, EventDefinition featureToggled) {
		this.telemetry = telemetry;
		this.featureToggled = EventType.of(featureToggled);
	}

	@PostMapping("/features/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void toggle(@PathVariable String name) {
		this.telemetry.event(this.featureToggled).attribute("feature", KNOWN.contains(name) ? name : "other").record();
	}

}
