package dev.telemetry.sent;

import dev.telemetry.sink.TelemetrySinkFactory;

/**
 * Makes sinks that remember their requests themselves, byte for byte.
 */
public interface RecordingSinkFactory extends TelemetrySinkFactory {

}
