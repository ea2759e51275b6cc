/**
 * A sink that speaks the protocol of Segment.
 */
@Internal
@NullMarked
package dev.telemetry.sink.segment;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
