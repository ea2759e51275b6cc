package dev.telemetry.anomaly;

import dev.telemetry.spec.AnomalyAction;

/**
 * Asks for one of the actions that were declared for an anomaly.
 *
 * @param action what is to be done
 * @param anomaly the anomaly
 */
public record AnomalySignal(AnomalyAction action, Anomaly anomaly) {

}
