/**
 * How settings are spelled and written, for everything that reads them without Spring.
 */
@Internal
@NullMarked
package dev.telemetry.setting;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;
