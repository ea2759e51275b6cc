/**
 * Whether we may collect: what was said, by whom, and the gate that enforces it.
 */
@NullMarked
package dev.telemetry.consent;

import org.jspecify.annotations.NullMarked;
