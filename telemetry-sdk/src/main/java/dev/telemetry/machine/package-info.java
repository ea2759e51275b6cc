/**
 * The rotating, salted identifier of this installation.
 */
@NullMarked
package dev.telemetry.machine;

import org.jspecify.annotations.NullMarked;
