/**
 * A sink that posts JSON, and what all sinks that speak HTTP share.
 */
@Internal
@NullMarked
package dev.telemetry.sink.http;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
