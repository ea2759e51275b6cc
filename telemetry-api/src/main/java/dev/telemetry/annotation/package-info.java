/**
 * The annotations an application puts on its methods.
 */
@NullMarked
package dev.telemetry.annotation;

import org.jspecify.annotations.NullMarked;
