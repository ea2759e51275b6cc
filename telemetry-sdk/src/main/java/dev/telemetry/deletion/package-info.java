/**
 * Forgetting: by reset, by request, by age.
 */
@NullMarked
package dev.telemetry.deletion;

import org.jspecify.annotations.NullMarked;
