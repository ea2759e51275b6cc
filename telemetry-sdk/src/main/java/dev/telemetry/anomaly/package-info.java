/**
 * Watches passing events for values outside of their declared thresholds.
 */
@NullMarked
package dev.telemetry.anomaly;

import org.jspecify.annotations.NullMarked;
