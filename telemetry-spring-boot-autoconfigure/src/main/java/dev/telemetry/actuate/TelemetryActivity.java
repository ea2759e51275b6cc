package dev.telemetry.actuate;

import dev.telemetry.delivery.DeliveryActivity;
import dev.telemetry.pipeline.DropCounters;

/**
 * What was counted since the application started, over all consent sessions.
 *
 * @param events what became of events
 * @param delivery what was handed to sinks
 */
public record TelemetryActivity(DropCounters events, DeliveryActivity delivery) {

}
