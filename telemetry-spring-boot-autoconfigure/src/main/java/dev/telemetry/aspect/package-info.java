/**
 * Turns annotated calls into recorded events.
 */
@NullMarked
package dev.telemetry.aspect;

import org.jspecify.annotations.NullMarked;
