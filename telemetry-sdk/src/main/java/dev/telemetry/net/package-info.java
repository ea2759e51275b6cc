/**
 * What a host's name says by itself, without asking any name server.
 */
@Internal
@NullMarked
package dev.telemetry.net;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
