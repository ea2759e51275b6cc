/**
 * A sink that speaks the protocol of PostHog.
 */
@NullMarked
package dev.telemetry.sink.posthog;

import org.jspecify.annotations.NullMarked;
