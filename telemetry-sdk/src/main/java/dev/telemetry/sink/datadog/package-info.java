/**
 * A sink that speaks the protocol of Datadog's intake for logs.
 */
@Internal
@NullMarked
package dev.telemetry.sink.datadog;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
