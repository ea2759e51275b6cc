/**
 * The endpoint and the guard in front of it, health, meters and info.
 */
@Internal
@NullMarked
package dev.telemetry.actuate;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
