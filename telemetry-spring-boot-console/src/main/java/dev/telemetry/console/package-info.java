/**
 * The page on which a user sees what telemetry does, and decides.
 */
@NullMarked
package dev.telemetry.console;

import org.jspecify.annotations.NullMarked;
