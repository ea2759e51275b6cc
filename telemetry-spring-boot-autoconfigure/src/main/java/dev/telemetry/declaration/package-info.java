/**
 * Finds specs on the class path, and adds what is declared to the registry.
 */
@NullMarked
package dev.telemetry.declaration;

import org.jspecify.annotations.NullMarked;
