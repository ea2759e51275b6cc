/**
 * The front door: record an event.
 */
@NullMarked
package dev.telemetry;

import org.jspecify.annotations.NullMarked;
