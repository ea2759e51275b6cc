/**
 * Gets events from the caller to a sink: buffer, spill, retry, worker; one lane per sink.
 */
@NullMarked
package dev.telemetry.delivery;

import org.jspecify.annotations.NullMarked;
