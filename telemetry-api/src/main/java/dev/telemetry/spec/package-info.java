/**
 * What may be collected: declared events, properties, privacy, sampling, retention.
 */
@NullMarked
package dev.telemetry.spec;

import org.jspecify.annotations.NullMarked;
