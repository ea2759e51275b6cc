/**
 * What an event is, and how it looks as one line of JSON.
 */
@NullMarked
package dev.telemetry.event;

import org.jspecify.annotations.NullMarked;
