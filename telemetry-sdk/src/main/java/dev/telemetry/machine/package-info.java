/**
 * The rotating, salted identifier of this installation.
 */
@Internal
@NullMarked
package dev.telemetry.machine;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
