/**
 * Reads specs from YAML, with the position of each problem.
 */
@Internal
@NullMarked
package dev.telemetry.spec.reader;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
