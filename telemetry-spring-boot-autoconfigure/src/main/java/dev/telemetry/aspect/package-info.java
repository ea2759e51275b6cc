/**
 * Turns annotated calls into recorded events.
 */
@Internal
@NullMarked
package dev.telemetry.aspect;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
