/**
 * A sink that speaks the protocol of PostHog.
 */
@Internal
@NullMarked
package dev.telemetry.sink.posthog;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
