/**
 * An application that is a command: it asks for consent on its first run, and records
 * which of its commands are used.
 */
@NullMarked
package dev.telemetry.example.cli;

import org.jspecify.annotations.NullMarked;
