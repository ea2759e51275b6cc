/**
 * Addresses of destinations from services that Docker Compose or Testcontainers runs.
 */
@Internal
@NullMarked
package dev.telemetry.connection;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
