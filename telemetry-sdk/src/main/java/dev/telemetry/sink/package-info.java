/**
 * Where events end: the contract, and the sinks that need only the JDK.
 */
@NullMarked
package dev.telemetry.sink;

import org.jspecify.annotations.NullMarked;
