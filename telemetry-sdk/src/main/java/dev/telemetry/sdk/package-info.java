/**
 * Sets telemetry up and drives it: sessions, recording, status.
 */
@NullMarked
package dev.telemetry.sdk;

import org.jspecify.annotations.NullMarked;
