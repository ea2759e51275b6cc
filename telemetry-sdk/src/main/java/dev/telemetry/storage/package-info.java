/**
 * The home on disk: private files, written whole or not at all.
 */
@NullMarked
package dev.telemetry.storage;

import org.jspecify.annotations.NullMarked;
