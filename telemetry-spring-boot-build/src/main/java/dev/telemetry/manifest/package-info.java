/**
 * What an archive declares: found by its build, judged, and compared with what was
 * reviewed.
 */
@NullMarked
package dev.telemetry.manifest;

import org.jspecify.annotations.NullMarked;
