/**
 * The same commands on an application's own command line, and the first-run question.
 */
@NullMarked
package dev.telemetry.command;

import org.jspecify.annotations.NullMarked;
