/**
 * How settings are spelled and written, for everything that reads them without Spring.
 */
@NullMarked
package dev.telemetry.setting;

import org.jspecify.annotations.NullMarked;
