/**
 * Judges specs and manifests by rules.
 */
@Internal
@NullMarked
package dev.telemetry.spec.lint;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
