/**
 * Reads the local log back: newest events, report, export.
 */
@Internal
@NullMarked
package dev.telemetry.insight;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
