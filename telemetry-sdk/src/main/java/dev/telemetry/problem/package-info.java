/**
 * What is wrong with what was configured or found on disk, and how to fix it.
 */
@NullMarked
package dev.telemetry.problem;

import org.jspecify.annotations.NullMarked;
