/**
 * An application that knows nothing of telemetry, to compare with.
 */
@NullMarked
package dev.telemetry.bare;

import org.jspecify.annotations.NullMarked;
