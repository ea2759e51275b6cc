/**
 * What happens to an event before it may be recorded: limits, processors, redaction,
 * observers.
 */
@NullMarked
package dev.telemetry.pipeline;

import org.jspecify.annotations.NullMarked;
