/**
 * The recorded decision and its receipts, in a file, a database or memory.
 */
@NullMarked
package dev.telemetry.consent.store;

import org.jspecify.annotations.NullMarked;
