/**
 * What two states of specs or manifests differ in, judged as a notice is.
 */
@Internal
@NullMarked
package dev.telemetry.spec.diff;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
