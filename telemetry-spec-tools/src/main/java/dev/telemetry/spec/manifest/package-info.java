/**
 * What an archive declares, as one JSON document.
 */
@Internal
@NullMarked
package dev.telemetry.spec.manifest;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
