/**
 * A sink that posts JSON, and what all sinks that speak HTTP share.
 */
@NullMarked
package dev.telemetry.sink.http;

import org.jspecify.annotations.NullMarked;
