/**
 * Auto-configuration for telemetry.
 */
@NullMarked
package dev.telemetry.autoconfigure;

import org.jspecify.annotations.NullMarked;
