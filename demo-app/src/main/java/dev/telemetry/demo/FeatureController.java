package dev.telemetry.demo;

import java.util.Set;

import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Switches features, and records it by the Java API instead of an annotation. What the
 * event means stands in {@code telemetry/demo.telemetry.yaml}.
 */
@RestController
class FeatureController {

	private static final EventType FEATURE_TOGGLED = EventType.of("app.feature_toggled");

	/** What may be recorded as a name; anything else a caller types becomes "other". */
	private static final Set<String> KNOWN = Set.of("dark-mode", "bulk-orders", "express-delivery");

	private final TelemetryContext telemetry;

	FeatureController(TelemetryContext telemetry) {
		this.telemetry = telemetry;
	}

	@PostMapping("/features/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void toggle(@PathVariable String name) {
		this.telemetry.event(FEATURE_TOGGLED).attribute("feature", KNOWN.contains(name) ? name : "other").record();
	}

}
