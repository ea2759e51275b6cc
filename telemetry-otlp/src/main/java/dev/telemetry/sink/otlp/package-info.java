/**
 * A sink that speaks OTLP; the only package that knows OpenTelemetry.
 */
@Internal
@NullMarked
package dev.telemetry.sink.otlp;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
