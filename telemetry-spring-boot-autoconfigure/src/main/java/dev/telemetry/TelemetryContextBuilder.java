package dev.telemetry;

/**
 * Builds a {@link TelemetryContext} without Spring. STUB.
 */
public final class TelemetryContextBuilder {

	TelemetryContextBuilder() {
	}

}
