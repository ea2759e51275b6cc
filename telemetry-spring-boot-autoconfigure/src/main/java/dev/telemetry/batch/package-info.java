/**
 * Records jobs and steps of Spring Batch, without their data.
 */
@NullMarked
package dev.telemetry.batch;

import org.jspecify.annotations.NullMarked;
