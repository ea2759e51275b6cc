/**
 * A sink that speaks the protocol of Segment.
 */
@NullMarked
package dev.telemetry.sink.segment;

import org.jspecify.annotations.NullMarked;
