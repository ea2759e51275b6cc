/**
 * A sink that speaks OTLP; the only package that knows OpenTelemetry.
 */
@NullMarked
package dev.telemetry.sink.otlp;

import org.jspecify.annotations.NullMarked;
