/**
 * Reads the local log back: newest events, report, export.
 */
@NullMarked
package dev.telemetry.insight;

import org.jspecify.annotations.NullMarked;
