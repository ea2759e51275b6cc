/**
 * The home on disk: private files, written whole or not at all.
 */
@Internal
@NullMarked
package dev.telemetry.storage;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
