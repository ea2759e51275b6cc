/**
 * The command line for people without the application: specs and local logs, read and
 * written as files.
 */
@Internal
@NullMarked
package dev.telemetry.cli;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
