/**
 * An order desk: the smallest real application that shows every way to record.
 */
@NullMarked
package dev.telemetry.demo;

import org.jspecify.annotations.NullMarked;
