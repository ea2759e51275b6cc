/**
 * Records jobs and steps of Spring Batch, without their data.
 */
@Internal
@NullMarked
package dev.telemetry.batch;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
