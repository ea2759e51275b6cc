/**
 * The endpoint and the guard in front of it.
 */
@NullMarked
package dev.telemetry.actuate;

import org.jspecify.annotations.NullMarked;
