/**
 * A sink that speaks the protocol of Datadog's intake for logs.
 */
@NullMarked
package dev.telemetry.sink.datadog;

import org.jspecify.annotations.NullMarked;
