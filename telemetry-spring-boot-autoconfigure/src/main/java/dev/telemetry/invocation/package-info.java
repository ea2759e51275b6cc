/**
 * Records the commands of an application that is a command itself, without their
 * arguments.
 */
@NullMarked
package dev.telemetry.invocation;

import org.jspecify.annotations.NullMarked;
