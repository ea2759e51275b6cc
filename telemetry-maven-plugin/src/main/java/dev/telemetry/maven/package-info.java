/**
 * Goals of Maven that lint specs, write and check the manifest, and write the dictionary.
 */
@Internal
@NullMarked
package dev.telemetry.maven;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
