/**
 * Finds specs on the class path, and adds what is declared to the registry.
 */
@Internal
@NullMarked
package dev.telemetry.declaration;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
