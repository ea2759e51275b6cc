/**
 * What recording costs the thread that records, side by side with what an application
 * would do otherwise.
 */
@NullUnmarked
package dev.telemetry.benchmarks;

import org.jspecify.annotations.NullUnmarked;
