/**
 * Remembers in memory what was sent, byte for byte, for the user it is about.
 */
@Internal
@NullMarked
package dev.telemetry.sent;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
