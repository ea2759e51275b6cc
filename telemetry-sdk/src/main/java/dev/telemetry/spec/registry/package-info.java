/**
 * Holds the declarations that count.
 */
@Internal
@NullMarked
package dev.telemetry.spec.registry;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
