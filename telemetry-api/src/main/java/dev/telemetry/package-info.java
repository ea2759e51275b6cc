/**
 * Records events: what an application calls.
 */
@NullMarked
package dev.telemetry;

import org.jspecify.annotations.NullMarked;
