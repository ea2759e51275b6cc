/**
 * The command line for people without the application: specs and local logs, read and
 * written as files.
 */
@NullMarked
package dev.telemetry.cli;

import org.jspecify.annotations.NullMarked;
