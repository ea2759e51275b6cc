/**
 * Whether events may be collected: the decision, its source, and the gate that enforces
 * it.
 */
@NullMarked
package dev.telemetry.consent.gate;

import org.jspecify.annotations.NullMarked;
