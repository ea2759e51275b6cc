/**
 * The redactor as it was before it was made fast, frozen: what it finds is what the one
 * of the library must find. Changed only together with that one, when redaction itself is
 * to change.
 */
@NullMarked
package dev.telemetry.pipeline.reference;

import org.jspecify.annotations.NullMarked;
